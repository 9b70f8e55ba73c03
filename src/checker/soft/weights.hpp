#pragma once

#include "checker/core/interval.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Weights of values by their scores, up to one positive factor: exp(score - c), for a number c near the greatest.
Intervals softmax_weights(Intervals scores);

/// The projection of the scores onto the simplex (MODEL.md, section 9.5).
Intervals sparsemax_weights(const Intervals& scores, Budget& budget);

}  // namespace attest::checker
