#pragma once

// The measures word for word as they are defined, with no thought for speed: what the algorithms are held
// against.

#include <gmpxx.h>

#include <vector>

#include "functions.hpp"

namespace attest::tests {

unsigned sensitivity_at(const TruthTable& f, Input x);
unsigned block_sensitivity_at(const TruthTable& f, Input x);
unsigned certificate_at(const TruthTable& f, Input x);
unsigned decision_tree(const TruthTable& f);
/// Σ_x (−1)^{|S ∧ x|} (±1 value of f on x)
std::int64_t fourier_coefficient(const TruthTable& f, Input s);
/// Σ_{T ⊆ S} (−1)^{|S| − |T|} f(T)
std::int64_t multilinear_coefficient(const TruthTable& f, Input s);

}  // namespace attest::tests
