#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "components.hpp"
#include "language/classify/monoid.hpp"

namespace attest::classify {

/// Pairs of states, equal ones included, with an edge a letter on both.
class PairGraph {
  public:
    explicit PairGraph(const Table& table);

    std::size_t size() const { return states_ * states_; }
    std::uint32_t node(State p, State r) const { return static_cast<std::uint32_t>(p * states_ + r); }
    std::pair<State, State> pair(std::uint32_t node) const {
        return {static_cast<State>(node / states_), static_cast<State>(node % states_)};
    }
    const std::vector<std::uint32_t>& edges() const { return edges_; }

  private:
    std::size_t states_;
    std::vector<std::uint32_t> edges_;
};

/// That letters cannot be exchanged, whatever the modulus: from the states q·a and q·b a path leads through a pair on
/// cycles, at which v fixes both states, to states p, r with p·b ≠ r·a; the length of v divides that of the way from the
/// one letter to the other.
struct Exchange {
    State from;  ///< q
    language::Symbol a, b;
    language::Word before, cycle, after;  ///< u₁, v, u₂
};

/// Gives   nothing if letters can be exchanged
/// Source  a transposition of letters at distance ≡ 0 modulo M changes acceptance for all M iff there is such a path whose
///         length is ≡ −1 modulo the greatest common divisor of the cycles on the way
std::optional<Exchange> find_exchange(const Table& table);

}  // namespace attest::classify
