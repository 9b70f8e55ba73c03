#pragma once

#include <string>

#include "attest/decide/restriction/outcome.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::report {

/// What was found, from the second line on, for people.
std::string restriction_text(const language::Alphabet& alphabet, const restriction::Outcome& outcome,
                             const verdict::Verdict& verdict);

/// `12 of 16 positions free, every completion is rejected (optimal, …)`
std::string restriction_headline(const restriction::Outcome& outcome, const verdict::Verdict& verdict);

}  // namespace attest::report
