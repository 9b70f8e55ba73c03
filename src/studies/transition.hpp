#pragma once

#include <array>
#include <vector>

#include "studies/toy_model.hpp"

namespace attest::studies {

/// The shares of the greatest value at which a curve's rise is measured.
inline const std::array<exact::Rational, 3> rise_shares = {exact::Rational(1, 10), exact::Rational(1, 2),
                                                           exact::Rational(9, 10)};

/// Where a curve that rises from 0 has a tenth, a half and nine tenths of its value at recall 1.
struct Rise {
    std::array<exact::Ball, 3> at;

    exact::Ball width() const { return at[2] - at[0]; }
};

/// One number of vertices, with the same mean degree.
struct FiniteSize {
    std::size_t nodes = 0;
    Rise rise;             ///< of reach_true
    exact::Ball critical;  ///< reach_true at s* = 1/c, times n^(2/3)
};

/// What the toy model's curves say of a phase transition in recall.
struct Transition {
    exact::Rational threshold;       ///< s* = 1/c, where a giant component of known true edges begins
    exact::Rational emit_threshold;  ///< (1 − h)/c, where one of all edges of G' does, for n → ∞; not below 0
    std::vector<FiniteSize> sizes;   ///< ascending, the last is the model's own
    std::optional<Rise> limit;       ///< of ρ(c s)² for n → ∞; none where c <= 1
};

/// Needs   c > 0
/// Gives   nothing where a limit came first
/// Exact   encloses the true values, the places of a rise to 2^-20
/// Cost    some eighty evaluations of `reach`
std::optional<Transition> transition(const ToyModel& model, const base::Limits& limits);

/// Where an exact match of a chain of L steps, each right with probability s, has these shares: x^(1/L).
/// Needs   steps >= 1
Rise exact_match(std::size_t steps);

}  // namespace attest::studies
