#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/ball.hpp"

namespace attest::studies {

/// The toy model: what is true is a random digraph G ~ D(n, c/n). The model that was trained on it, G', has each true edge with
/// probability s (its recall) and each false one with probability h/n. It is asked for a path from one vertex to another, and
/// answers with a shortest path in G', if there is one.
struct ToyModel {
    std::size_t nodes = 0;          ///< n
    exact::Rational degree;         ///< c
    exact::Rational hallucination;  ///< h

    exact::Rational edge() const { return degree / static_cast<unsigned long>(nodes); }
    /// That a pair is an edge of G': s p + (1 − p) h / n.
    exact::Rational model_edge(const exact::Rational& recall) const;
    /// That an edge of G' is true: s p over the above; 1 where G' has none.
    exact::Rational good_edge(const exact::Rational& recall) const;
};

/// Throws  UsageError unless 2 <= nodes <= 4096, 0 <= c <= n, and 0 <= h <= n
void require_sound(const ToyModel& model);

/// What is known of the model at one recall.
struct ToyPoint {
    exact::Rational recall;
    exact::Ball reach_true;  ///< there is a path of true edges that the model knows
    exact::Ball emit;        ///< the model answers
    exact::Ball legal;       ///< it answers, and every edge of its answer is true
    exact::Ball length;      ///< mean length of an answer; not finite where there is none
    exact::Ball limit;       ///< of reach_true for n → ∞: ρ(c s)²
    /// reach_true, emit and legal as fractions, where n is small
    std::optional<std::vector<exact::Rational>> fractions;
};

/// Up to so many vertices fractions are told.
constexpr std::size_t most_nodes_in_fractions = 12;

/// Gives   nothing where a limit came first
/// Exact   encloses the true values
/// Cost    O(n²) balls and O(n³) doubles
std::optional<ToyPoint> at_recall(const ToyModel& model, const exact::Rational& recall, const base::Limits& limits);

/// The part of the vertices in the giant component for mean degree c: the greatest ρ with ρ = 1 − e^{−c ρ}; 0 for c <= 1.
/// Its square is the limit of what a vertex of D(n, c/n) reaches.
/// Exact   encloses the true value
/// Source  [karp1990transitive]
exact::Ball giant(const exact::Rational& degree, long bits = 128);

}  // namespace attest::studies
