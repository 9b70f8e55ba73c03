#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "attest/exact/rational.hpp"

namespace attest::tests {

/// What a pair of vertices of a digraph is in all of some enumeration, with its probability.
struct PairState {
    bool edge, good;
    exact::Rational chance;
};

/// A digraph on n vertices by rows of pairs; the pair of a vertex with itself is never an edge.
class Digraph {
  public:
    explicit Digraph(std::size_t nodes) : nodes_(nodes), state_(nodes * nodes, PairState{false, false, 1}) {}
    std::size_t nodes() const { return nodes_; }
    PairState& at(std::size_t from, std::size_t to) { return state_[from * nodes_ + to]; }
    const PairState& at(std::size_t from, std::size_t to) const { return state_[from * nodes_ + to]; }

    /// Distance from vertex 0 by edges (only good ones); 0: not reached, but for vertex 0 itself.
    std::vector<std::size_t> distances(bool only_good) const {
        std::vector<std::size_t> distance(nodes_, 0), queue = {0};
        for (std::size_t head = 0; head < queue.size(); ++head)
            for (std::size_t to = 1; to < nodes_; ++to)
                if (distance[to] == 0 && at(queue[head], to).edge && (!only_good || at(queue[head], to).good))
                    distance[to] = distance[queue[head]] + 1, queue.push_back(to);
        return distance;
    }

    /// Whether the shortest path to vertex 1 that prefers small predecessors has only good edges.
    bool answers_well() const {
        const std::vector<std::size_t> distance = distances(false);
        if (distance[1] == 0) return false;
        std::size_t vertex = 1;
        while (vertex != 0) {
            std::size_t before = 0;
            while (!(at(before, vertex).edge && (before == 0 || distance[before] > 0) &&
                     distance[before] + 1 == distance[vertex]))
                ++before;
            if (!at(before, vertex).good) return false;
            vertex = before;
        }
        return true;
    }

  private:
    std::size_t nodes_;
    std::vector<PairState> state_;
};

/// All digraphs whose pairs are in one of these states, each with its probability.
inline void for_all_digraphs(std::size_t nodes, const std::vector<PairState>& states,
                             const std::function<void(const Digraph&, const exact::Rational&)>& visit) {
    Digraph graph(nodes);
    const std::function<void(std::size_t, const exact::Rational&)> fill = [&](std::size_t pair,
                                                                              const exact::Rational& chance) {
        if (pair == nodes * nodes) return visit(graph, chance);
        const std::size_t from = pair / nodes, to = pair % nodes;
        // No edge into the start, nor out of the goal, is of any use to it; they are left out where nobody asks for them.
        if (from == to || to == 0) return fill(pair + 1, chance);
        for (const PairState& state : states) {
            if (state.chance == 0) continue;
            graph.at(from, to) = state;
            fill(pair + 1, exact::Rational(chance * state.chance));
        }
    };
    fill(0, 1);
}

}  // namespace attest::tests
