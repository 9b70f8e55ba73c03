#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "attest/language/alphabet.hpp"
#include "attest/restriction/outcome.hpp"

namespace attest::report {

/// What became of a restriction's certificate.
struct RestrictionCheck {
    bool accepted = false;    ///< by the checker
    std::string refusal;      ///< why not
    std::string certificate;  ///< digest of the manifest; empty if none was kept
    double seconds = 0;
};

/// Whether the first optimum is proved: by enumeration, or by words or a refutation that the checker accepted.
bool optimum_is_proved(const restriction::Outcome& outcome, const RestrictionCheck& check);

/// The keys of `restrict --json` that say what was found.
nlohmann::ordered_json restriction_json(const language::Alphabet& alphabet, const restriction::Outcome& outcome, const RestrictionCheck& check);

/// What was found, from the second line on, for people.
std::string restriction_text(const language::Alphabet& alphabet, const restriction::Outcome& outcome, const RestrictionCheck& check);

/// `12 of 16 positions free, every completion is rejected (optimal, …)`
std::string restriction_headline(const restriction::Outcome& outcome, const RestrictionCheck& check);

}  // namespace attest::report
