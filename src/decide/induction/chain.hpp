#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/dfa.hpp"
#include "step_circuit.hpp"

namespace attest::induction {

/// What registers say, read one after the other: a node is what the network itself knows so far, that is, which value each letter would
/// have at the boundary that the registers settle. In the end it says in which states the automaton may be.
struct Chain {
    struct Pair {
        std::uint32_t from = 0;  ///< a node of the level before
        std::size_t entry = 0;   ///< a latch of the group; their number: none is true
        std::uint32_t to = 0;    ///< a node of this level
    };
    struct Level {
        std::size_t group = 0;
        std::vector<Pair> pairs;  ///< that may be
        std::size_t nodes = 0;
    };
    /// A letter that is read: its value at a boundary, and the nodes of the level that the registers below settle, before the step
    /// and after it.
    struct Move {
        std::size_t letter = 0, value = 0;
        std::uint32_t before = 0, after = 0;
        auto operator<=>(const Move&) const = default;
    };
    std::vector<Level> levels;                       ///< before the first there is one node
    std::vector<std::set<Move>> moves;               ///< by boundary
    std::vector<std::vector<std::uint32_t>> states;  ///< of the automaton, by node at the end, ascending

    /// Whether it tells each state from the others at its end.
    bool decodes() const;
};

/// The least chain that no letter leaves: what a register may hold where, and where that leads, until nothing new comes.
///
/// Gives   a chain, which holds of all that words lead to; nothing where there is too much of it, or a limit was reached
/// Cost    O(rounds · moves · entries of a register), ten million at most; rounds are about as many as the network has states that
///         differ in depth. 256 MiB at most, and half the memory of the limits
std::optional<Chain> closed_chain(const StepCircuit& step, const language::Dfa& automaton,
                                  const std::vector<language::Symbol>& meaning, const base::Limits& limits);

}  // namespace attest::induction
