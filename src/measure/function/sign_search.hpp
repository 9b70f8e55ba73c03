#pragma once

#include <cstdint>
#include <optional>

#include "measure/function/threshold_degree.hpp"

namespace attest::measure {

/// Looks for a polynomial of this degree with the right signs by the perceptron rule, all inputs that are wrong at once,
/// in whole numbers. Cheap where the signs are right by a margin; nothing does not mean that there is none.
///
/// Needs   f.variables() <= 20
/// Cost    2 n 2^n additions a round
std::optional<SignPolynomial> search_signs(const TruthTable& f, unsigned degree, unsigned rounds);

}  // namespace attest::measure
