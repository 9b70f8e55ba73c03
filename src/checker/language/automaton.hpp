#pragma once

#include <cstdint>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A complete deterministic automaton; words are sequences of symbol numbers.
struct Automaton {
    std::size_t symbols = 0;
    std::size_t start = 0;
    std::vector<bool> accepting;                   ///< [state]
    std::vector<std::vector<std::uint32_t>> next;  ///< [state][symbol]

    std::size_t states() const { return next.size(); }
    bool accepts(const std::vector<std::size_t>& word) const;
};

/// The minimal automaton of the same language, states numbered by first visit in breadth-first search (start
/// = 0).
///
/// Cost    O(states^2 * symbols) at worst
Automaton minimal(const Automaton& automaton, Budget& budget);

}  // namespace attest::checker
