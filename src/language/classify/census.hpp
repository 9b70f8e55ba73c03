#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "language/classify/classes.hpp"

namespace attest::classify {

/// Visits each table of so many states, all reachable from state 0 and numbered by first visit in breadth-first search, in
/// lexicographic order; ends where visit gives false.
///
/// Cost    their number: 1, 12, 216, 5248, 160675 for one to five states and two letters
void for_each_table(std::size_t states, std::size_t letters, const std::function<bool(const Table&)>& visit);

/// The sets of accepting states, as bits, with which a table is a minimal automaton: no two states are equivalent.
///
/// Needs   at most 16 states
std::vector<std::uint32_t> minimal_acceptance(const Table& table);

/// A table with its accepting states, symbols `a`, `b`, ….
language::Dfa automaton_of(const Table& table, std::uint32_t accepting);

}  // namespace attest::classify
