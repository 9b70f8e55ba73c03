#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/ball.hpp"

namespace attest::studies {

/// P(K = k) for k = 1 … n, where K is how many vertices a fixed vertex of D(n, p) reaches, itself among them: each
/// ordered pair of the n vertices is an edge with probability p, independently.
///
/// Shape   element k − 1 is P(K = k)
/// Needs   nodes >= 1, 0 <= edge <= 1
/// Exact   yes
/// Cost    O(n²) operations on rationals whose digits grow with n²
/// Source  [mallows1968inversion]; the recursion is derived in reach.cpp
std::vector<exact::Rational> reach_sizes(std::size_t nodes, const exact::Rational& edge);

/// The same in balls, whose relative error is some n 2^-bits: nothing is subtracted.
///
/// Gives   nothing where a limit came first
/// Exact   encloses the true value
/// Cost    O(n²) operations on balls
std::optional<std::vector<exact::Ball>> reach_sizes(std::size_t nodes, const exact::Rational& edge, long bits,
                                                    const base::Limits& limits);

/// The probability that one fixed vertex of D(n, p) reaches another: (E K − 1) / (n − 1).
///
/// Needs   nodes >= 2; the rest as above
exact::Rational reach(std::size_t nodes, const exact::Rational& edge);
std::optional<exact::Ball> reach(std::size_t nodes, const exact::Rational& edge, long bits, const base::Limits& limits);

}  // namespace attest::studies
