#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "attest/decide/restriction/outcome.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::report {

/// Whether the first optimum is proved: by enumeration, or by words or a refutation that the checker accepted.
bool optimum_is_proved(const restriction::Outcome& outcome, const verdict::Verdict& verdict);

/// The keys of `restrict --json` that say what was found.
nlohmann::ordered_json restriction_json(const language::Alphabet& alphabet, const restriction::Outcome& outcome,
                                        const verdict::Verdict& verdict);

/// What was found, from the second line on, for people.
std::string restriction_text(const language::Alphabet& alphabet, const restriction::Outcome& outcome,
                             const verdict::Verdict& verdict);

/// `12 of 16 positions free, every completion is rejected (optimal, …)`
std::string restriction_headline(const restriction::Outcome& outcome, const verdict::Verdict& verdict);

}  // namespace attest::report
