#pragma once

#include <functional>
#include <vector>

#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/question/question.hpp"

namespace attest::checker {

/// Whether the model accepts a word of the claim's length.
using Acceptance = std::function<bool(const std::vector<std::size_t>& word)>;

/// Obligation `exhaustion`. Throws Defect.
void check_exhaustion(const Manifest& manifest, const Question& question, const Acceptance& accepts, Budget& budget);

/// Obligation `witness`. Throws Defect.
void check_witness(const Manifest& manifest, const Question& question, const Acceptance& accepts, Budget& budget);

}  // namespace attest::checker
