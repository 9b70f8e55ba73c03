#pragma once

#include "checker/soft/certain_model.hpp"

namespace attest::checker {

/// Obligations of FORMAT.md section 16, `exhaustion` or `enclosure`: words that differ at no other position than those of
/// the claim have one answer.
///
/// Throws  Defect (word)
void check_invariance(const Manifest& manifest, const Question& question, CertainModel& model, Budget& budget);

/// Obligation `witness`: two words that differ at no other position have different answers.
///
/// Throws  Defect (place)
void check_pair_of_words(const Manifest& manifest, const Question& question, CertainModel& model, Budget& budget);

}  // namespace attest::checker
