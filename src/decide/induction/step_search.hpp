#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/alphabet.hpp"
#include "step_circuit.hpp"

namespace attest::induction {

/// What came of reading all words, state by state.
struct StepSearch {
    std::uint64_t states = 0;  ///< that words lead to, but for those from which nothing can be bad any more
    std::optional<language::Word> difference;  ///< one of the shortest words that end badly
    bool closed = false;                       ///< all of these states were looked at, and nothing is bad
};

/// Breadth first, all letters of a state at once. A latch that is true is *dead* if, whatever the others are, it stays true and nothing is
/// bad: states with such a latch are left out.
///
/// Needs   at most 64 letters
///
/// most        states
/// most_gates  that are worked out, of all letters at once
/// Cost    O(gates) a state, and O(gates) a latch
StepSearch search(const StepCircuit& step, std::size_t most, std::uint64_t most_gates, const base::Limits& limits);

/// The latches that are dead when they are true.
std::vector<bool> dead_latches(const StepCircuit& step);

}  // namespace attest::induction
