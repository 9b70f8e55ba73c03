#pragma once

#include <vector>

#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/question/question.hpp"

namespace attest::checker {

/// Obligation `enclosure`. Throws Defect.
void check_enclosure(const Manifest& manifest, const Question& question, Budget& budget);

/// Whether a softmax model accepts the word, by intervals. Throws Defect where its sign is not certain.
bool accepts_softly(const Question& question, std::size_t length, const std::vector<std::size_t>& word, Budget& budget);

}  // namespace attest::checker
