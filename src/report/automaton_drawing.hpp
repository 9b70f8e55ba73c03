#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/automaton.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// An automaton as a graph: states in columns by how many symbols lead to them, an arrow into the start, a second ring
/// around states that accept, one arrow from state to state with all its symbols.
///
/// Gives   nothing for what is no complete automaton over these symbols, has states that are not reached, or has more than
///         24 states or 110 arrows, which nobody can read
std::optional<Svg> draw_automaton(const record::Automaton& automaton, const std::vector<std::string>& symbols,
                                  const std::string& title);

}  // namespace attest::report
