#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"

namespace attest::verdict {

/// The three answers.
enum class Answer { holds, fails, undecided };

/// Why there is no answer. `unchecked`: a solver gave one, but no checker accepted its proof.
enum class Reason { none, deadline, memory, unsupported, imprecise, interrupted, unchecked };

/// What a verdict rests on. `enclosure`: all words, each in balls that hold the true score; `unchecked`: a solver's
/// word whose proof no checker has accepted.
enum class Evidence { none, refutation, exhaustion, enclosure, witness, unchecked };

const char* to_string(Answer answer);  ///< `verified`, `refuted`, `undecided`
const char* to_string(Reason reason);
const char* to_string(Evidence evidence);

Reason reason_of(base::Limit limit);

/// No answer, with its reason and a sentence for people.
struct Undecided {
    Reason reason = Reason::none;
    std::string detail;
};

}  // namespace attest::verdict
