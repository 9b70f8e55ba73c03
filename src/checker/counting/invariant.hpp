#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "checker/counting/linear.hpp"
#include "checker/counting/system.hpp"

namespace attest::checker {

/// What holds of the counters before a symbol, by state of the language's automaton: one of several lists of constraints
/// (FORMAT.md, section 30.3).
struct LinearInvariant {
    using Disjunct = std::vector<Premise>;
    std::vector<std::vector<Disjunct>> states;
};

/// Reads invariant.json. Throws Defect (place).
LinearInvariant read_linear_invariant(std::string_view bytes, std::size_t states, std::size_t counters, Budget& budget);

/// Throws Defect unless some list of state 0 holds where all counters are 0.
void check_base(const LinearInvariant& invariant);

/// Goes through steps.txt: from each list of each state, with each symbol, a list of the next state holds again, and the
/// program says what the language says. Throws Defect (line).
///
/// Gives   how many lines there are
/// Cost    O(lines · what a sum takes + leaves · steps)
std::uint64_t check_inductive(const CountingSystem& system, const LinearInvariant& invariant, std::string_view steps,
                              Budget& budget);

}  // namespace attest::checker
