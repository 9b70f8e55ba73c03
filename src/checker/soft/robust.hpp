#pragma once

#include <functional>

#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/question/question.hpp"
#include "checker/question/words.hpp"

namespace attest::checker {

/// Obligation `question` for the claim's key `robust` (FORMAT.md section 15): a readout with one score, evidence by words.
///
/// Throws  Defect
void check_can_move(const Manifest& manifest, const Question& question);

/// Whether a word is to be accepted: it is in the language, or another model accepts it.
using Expected = std::function<bool(const Word&)>;

/// For `verified`: no vector of the claimed length, added to the vector that is read, takes a score to 0 or beyond. For
/// `refuted`: some vector does on the word of the evidence.
///
/// Needs   check_can_move(); for an enclosure, all scores to be held against the margin besides
/// Throws  Defect (word)
void check_moves(const Manifest& manifest, const Question& question, const Expected& expected, Budget& budget);

}  // namespace attest::checker
