#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/base/share.hpp"
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

/// How many languages are of which classes: those whose minimal automaton, complete, has so many states over so many
/// letters. The alphabet is ordered, so that languages which differ in the names of letters are two.
struct Census {
    std::size_t states = 0, letters = 0;
    std::uint64_t tables = 0;                           ///< looked at; some are minimal with no set of accepting states
    std::uint64_t languages = 0;                        ///< pairs of a table and a set with which it is minimal
    std::map<ClassVector, std::uint64_t> by_classes;    ///< languages that are in just these classes
    std::map<std::uint64_t, std::uint64_t> by_modulus;  ///< quasi-aperiodic ones, by the least modulus
    std::size_t greatest_monoid = 0;
    std::optional<base::Limit> stopped;  ///< why not all tables were looked at

    std::uint64_t in(Class c) const;
};

/// Classes do not depend on which states accept as long as the automaton is minimal: each table is looked at once.
///
/// share   of batches of tables, of which the census is then
/// Needs   at most 16 states
/// Cost    a classification a table
Census take_census(std::size_t states, std::size_t letters, const base::Limits& limits = {}, unsigned threads = 1,
                   const std::function<void(const Census&)>& progress = {}, base::Share share = {});

/// The census of both.
/// Needs   the same size, and no table in both
void add(Census& census, const Census& other);

}  // namespace attest::classify
