#pragma once

#include "checker/core/manifest.hpp"
#include "checker/question/question.hpp"
#include "checker/soft/certain_model.hpp"

namespace attest::checker {

/// Obligations `exhaustion` and `enclosure` of a claim on how many words a model is wrong: all words, or one for all
/// with
/// its counts. Throws Defect.
void check_count_of_mistakes(const Manifest& manifest, const Question& question, CertainModel& model, Budget& budget);

/// Obligation `witness`: the listed words are mistakes, each listed once, and as many as the claim says. Gives them.
/// Throws Defect.
std::vector<Word> check_listed_mistakes(const Manifest& manifest, const Question& question, CertainModel& model,
                                        Budget& budget);

}  // namespace attest::checker
