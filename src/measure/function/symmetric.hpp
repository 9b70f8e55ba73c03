#pragma once

#include <gmpxx.h>

#include <array>
#include <optional>
#include <vector>

namespace attest::measure {

/// A greatest or least value over inputs, with the number of ones of an input at which it is reached.
struct ExtremumByWeight {
    unsigned value = 0;
    unsigned weight = 0;
};

/// The measures of a function that depends on the number of ones only, in closed form: at any length.
struct SymmetricMeasures {
    using Sides = std::array<std::optional<ExtremumByWeight>, 2>;  ///< by value of the function
    Sides sensitivity, block_sensitivity, certificates;
    ExtremumByWeight least_certificate;
    unsigned decision_tree_depth = 0;
    unsigned degree = 0;
    unsigned threshold_degree = 0;
    mpz_class ones;      ///< inputs with the value true
    mpz_class boundary;  ///< inputs on which the flip of a position changes the value: the same for each
};

/// values  by number of ones 0 … n
/// Exact   yes
/// Cost    O(n²) big integers
SymmetricMeasures symmetric_measures(const std::vector<bool>& values);

/// By level k: Σ_{|S|=k} f^(S)² · 4^n for the values 1 and −1; on a symmetric function the C(n, k) coefficients of a level are equal.
/// Exact   yes
/// Cost    O(n²) big integers
std::vector<mpz_class> symmetric_level_weights(const std::vector<bool>& values);

}  // namespace attest::measure
