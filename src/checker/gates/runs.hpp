#pragma once

#include <vector>

#include "checker/language/language.hpp"
#include "checker/planes/formula.hpp"
#include "checker/translation/layered.hpp"

namespace attest::checker {

/// A step of a run: at position t, in a state, a symbol is read that leads to another state.
struct Edge {
    std::size_t state, symbol, target;
    std::uint32_t variable;
};

/// The steps of all runs of a layered automaton on words over the model's alphabet, each a variable (FORMAT.md section 38.3).
struct Runs {
    std::vector<std::vector<Edge>> at;  ///< [t - 1], by state, then symbol
    std::vector<bool> accepting;        ///< of the edges of the last position
    std::uint32_t last = 0;             ///< the greatest variable
};

/// The layered automaton of the language for words of a length (FORMAT.md section 38.3).
///
/// Throws  Defect: it has none
Layered runs_automaton(const Language& language, std::size_t length, Budget& budget);

/// Shape   letters: for each symbol of the model its number in the language's alphabet; first: the number of the first variable
Runs runs_of(const Layered& automaton, const std::vector<std::size_t>& letters, std::size_t length, std::uint32_t first,
             Budget& budget);

}  // namespace attest::checker
