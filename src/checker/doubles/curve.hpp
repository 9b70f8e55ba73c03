#pragma once

#include "checker/doubles/bound.hpp"
#include "checker/doubles/lanes.hpp"

namespace attest::checker {

/// The functions between maps (MODEL.md, section 9.6).
enum class Curve { relu, leaky_relu, gelu, gelu_tanh, silu, tanh, sigmoid };

/// Each number x of so many rows of a tile becomes f(x).
///
/// Shape   slope: of leaky-relu; x: rows one after the other
void bend(Curve curve, double slope, std::size_t rows, double* x);

/// The bound of the vector of all f(x). `radius`: how far the slope may be from the true one.
Bound bent(Curve curve, double slope, double radius, std::size_t rows, const Bound& x);

}  // namespace attest::checker
