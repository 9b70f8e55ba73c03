#pragma once

#include <string>
#include <vector>

#include "attest/certify/equality.hpp"
#include "attest/certify/every_length.hpp"

namespace attest::cli {

/// What `equal` was asked, as its output names it.
struct EqualAsked {
    std::string model, other;            ///< their names, as the files say
    const language::Alphabet& alphabet;  ///< of the first
};

/// `VERIFIED a and b answer the same on all words of length 8 in 0.01 s: …`, or the share of each answer for several
/// lengths.
std::string equal_headline(const EqualAsked& asked, const std::vector<certify::Equality>& results, double seconds);

/// The same of all lengths at once.
std::string every_length_headline(const EqualAsked& asked, const certify::EveryLengthEquality& result);

/// One length of several, a line of a table.
std::string equal_row(const EqualAsked& asked, const certify::Equality& result);

}  // namespace attest::cli
