#pragma once

#include <optional>
#include <vector>

#include "planes_formula.hpp"

namespace attest::decide {

/// Σ weight over the symbols of a word: weights by position and symbol, as far as the sum reaches.
struct SymbolWeights {
    std::vector<std::vector<mpz_class>> of;  ///< [position][symbol]

    std::size_t reach() const { return of.size(); }
};

/// A number for each state after each number of symbols up to the reach.
using Potentials = std::vector<std::vector<mpz_class>>;  ///< [symbols read][state]

/// The least or greatest sum of the words that lead to each state, by dynamic programming: a shortest path in the network of
/// states.
Potentials extreme_sums(const PlanesRuns& runs, const SymbolWeights& weights, bool greatest);

/// The word of an extreme sum that leads to the state after the reach; symbols beyond it are left out.
language::Word extreme_word(const PlanesRuns& runs, const SymbolWeights& weights, const Potentials& sums,
                            std::size_t state);

/// The sum modulo something, where each state tells it.
struct Residues {
    mpz_class modulus;     ///< above 1
    Potentials potential;  ///< some sum that leads to the state: all others differ from it by multiples of the modulus
};
std::optional<Residues> residues(const PlanesRuns& runs, const SymbolWeights& weights);

}  // namespace attest::decide
