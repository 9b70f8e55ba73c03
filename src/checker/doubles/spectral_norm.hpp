#pragma once

#include "checker/doubles/affine_map.hpp"

namespace attest::checker {

/// At least the greatest stretch ‖W x‖ / ‖x‖ of a matrix of doubles, and seldom more than a fifth above it.
///
/// Cost  O(m² (m + k)) for m, k the lesser and the greater of rows and columns
double spectral_norm(const Matrix64& matrix);

}  // namespace attest::checker
