#pragma once

#include <vector>

#include "checker/budget.hpp"
#include "checker/manifest.hpp"
#include "checker/question.hpp"

namespace attest::checker {

/// Obligation `enclosure`. Throws Defect.
void check_enclosure(const Manifest& manifest, const Question& question, Budget& budget);

/// Whether a softmax model accepts the word, by intervals. Throws Defect where its sign is not certain.
bool accepts_softly(const Question& question, std::size_t length, const std::vector<std::size_t>& word, Budget& budget);

}  // namespace attest::checker
