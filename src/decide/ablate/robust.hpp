#pragma once

#include <optional>

#include "attest/network/transformer.hpp"

namespace attest::ablate {

/// How far the final residual vector may be moved, in Euclidean length, without a change of any answer: at least the
/// margin by the norm of the readout's weights. Rounded down.
///
/// margin  no score is nearer to 0
/// Gives   nothing where the score is not that of one vector: with classes, a norm before the readout, or a mean or sum
std::optional<double> robust_radius(const network::Transformer& model, const exact::Rational& margin);

}  // namespace attest::ablate
