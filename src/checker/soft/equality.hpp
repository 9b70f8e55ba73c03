#pragma once

#include "checker/core/manifest.hpp"
#include "checker/question/two_models.hpp"
#include "checker/soft/certain_model.hpp"

namespace attest::checker {

/// Obligations `exhaustion` and `enclosure` of two models: they answer the same on all words, or on one for all with
/// its
/// counts. Throws Defect.
void check_same_on_all_words(const Manifest& manifest, const TwoModels& two, CertainModel& model, CertainModel& other,
                             Budget& budget);

/// Obligation `witness` of two models. Throws Defect.
void check_two_answers(const Manifest& manifest, const TwoModels& two, CertainModel& model, CertainModel& other,
                       Budget& budget);

}  // namespace attest::checker
