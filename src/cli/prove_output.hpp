#pragma once

#include <string>
#include <vector>

#include "answer_text.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/language/alphabet.hpp"
#include "certify/counting.hpp"
#include "subject.hpp"

namespace attest::cli {

/// What `prove` was asked, as its output names it.
struct ProveAsked {
    std::string model;                   ///< its name, as the file says
    const language::Alphabet& alphabet;  ///< of the model
    std::string language;                ///< as the user named it
    Map map;                             ///< likewise
};

/// `VERIFIED m recognises parity at length 8 in 0.01 s: …`, or the same with the share of each answer for several lengths.
///
/// seconds  on the clock, for all lengths
std::string prove_headline(const ProveAsked& asked, const std::vector<certify::Recognition>& results, double seconds);

/// The headline of several lengths, by how many were answered how.
std::string prove_overview(const ProveAsked& asked, const Answered& count, const std::vector<std::int64_t>& lengths,
                           double seconds);

/// The headline of one length that is not done.
std::string undecided_headline(const ProveAsked& asked, std::int64_t length, const verdict::Undecided& why,
                               double seconds);

/// The same for all lengths at once.
std::string every_length_headline(const ProveAsked& asked, const certify::EveryLength& result);

/// The same of a C-RASP program.
std::string counting_headline(const ProveAsked& asked, const certify::CountingResult& result);

/// One length of several, a line of a table.
std::string prove_row(const ProveAsked& asked, const certify::Recognition& result);

}  // namespace attest::cli
