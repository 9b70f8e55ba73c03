#pragma once

#include <cstddef>
#include <vector>

#include "checker/language/automaton.hpp"
#include "checker/language/formula.hpp"

namespace attest::checker {

/// Obligation `closure` (FORMAT.md section 33.3): formula and automaton say the same of all words of at least `from` symbols.
///
/// Shape   letters: for each symbol of the formula the automaton's
/// Gives   the number of pairs of states that words lead to
/// Throws  Defect: a word on which they differ; more than 2^20 pairs
std::size_t check_formula_everywhere(const CountFormula& formula, const Automaton& automaton,
                                     const std::vector<std::size_t>& letters, std::size_t from, Budget& budget);

/// Obligation `exhaustion` at one length: for each vector of counts the formula says of it what the automaton says of all
/// words that have it.
///
/// Gives   the number of vectors
/// Throws  Defect: a vector on which they differ
std::size_t check_formula_at(const CountFormula& formula, const Automaton& automaton,
                             const std::vector<std::size_t>& letters, std::size_t length, Budget& budget);

/// Obligation `elimination` (FORMAT.md section 39.2): the two formulas, or the formula and `majority` if there is no other, say the
/// same of all words of at least `from` symbols.
///
/// Shape   letters: for each symbol of the formulas the language's
/// Throws  Defect where they do not
void check_formulas_agree(const CountFormula& formula, const CountFormula* other,
                          const std::vector<std::size_t>& letters, std::size_t from, Budget& budget);

}  // namespace attest::checker
