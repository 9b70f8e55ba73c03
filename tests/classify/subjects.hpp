#pragma once

#include <string>
#include <vector>

#include "attest/language/language.hpp"
#include "language/classify/classes.hpp"

namespace attest::tests {

/// A row of the golden table: a language and what it is.
struct GoldenRow {
    std::string name;
    language::Dfa automaton;
    std::size_t states, monoid, stability, semigroup, group;
    /// R L J DA A RG Rω CR QA solvable stutter FOC J1, T or a point.
    std::string classes;
};

/// The 32 languages on which the literature agrees, or that separate classes.
const std::vector<GoldenRow>& golden_rows();

/// The minimal automaton of a regular language, over these letters where it is a pattern.
language::Dfa minimal_automaton(const std::string& language, const std::string& letters = "ab");

/// All complete automata of so many states, all reachable, numbered by first visit: transition tables only.
std::vector<classify::Table> all_tables(std::size_t states, std::size_t letters);

/// The automata of a table in which no two states are equivalent, by the set of accepting states.
std::vector<language::Dfa> minimal_automata(const classify::Table& table);

}  // namespace attest::tests
