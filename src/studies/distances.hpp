#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/ball.hpp"

namespace attest::studies {

/// What the layers of a breadth-first search from a fixed vertex of D(n, p) say of another fixed vertex. N_ℓ is how many
/// vertices are ℓ edges away.
struct Distances {
    exact::Ball reached;  ///< Σ_ℓ E N_ℓ / (n − 1): the probability that it is reached
    exact::Ball
        intact;  ///< Σ_ℓ r^ℓ E N_ℓ / (n − 1): that it is, along a shortest path each edge of which is good with probability r
    exact::Ball length;  ///< Σ_ℓ ℓ E N_ℓ / Σ_ℓ E N_ℓ: its mean distance if it is reached; not finite where it never is
};

/// By doubles, of which some relative 1e-9 is lost, or much less; the loss is counted.
///
/// Needs   nodes >= 2, 0 <= edge <= 1, 0 <= good <= 1
/// Gives   nothing where a limit came first
/// Exact   encloses the true values
/// Cost    O(n³) at most, near n^2.5 where edges are few; 24 n² bytes
std::optional<Distances> distances(std::size_t nodes, const exact::Rational& edge, const exact::Rational& good,
                                   const base::Limits& limits);

/// E N_ℓ for ℓ = 1 … n − 1.
///
/// Needs   nodes >= 2, 0 <= edge <= 1
/// Exact   yes
/// Cost    O(n³) operations on rationals whose digits grow with n²
std::vector<exact::Rational> layer_sizes(std::size_t nodes, const exact::Rational& edge);

}  // namespace attest::studies
