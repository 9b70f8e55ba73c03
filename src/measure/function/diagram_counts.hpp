#pragma once

#include <gmpxx.h>

#include <optional>
#include <vector>

#include "attest/measure/function/shape.hpp"
#include "measure/function/diagram.hpp"

namespace attest::measure {

/// What can be counted on a decision diagram without going through inputs. All numbers are exact.
struct DiagramCounts {
    mpz_class ones;                   ///< inputs with the value true
    std::vector<mpz_class> boundary;  ///< by position from 0: inputs on which its flip changes the value
    /// Accepted inputs with an even number of ones minus those with an odd one: not 0 iff the degree is n.
    mpz_class balance;
};

/// The number of inputs, and for each position those on its boundary: pairs of nodes are compared once, by how
/// many inputs they differ.
///
/// Gives   undecided with reason memory after `most_pairs`, deadline or interrupted
/// Cost    a big integer for each pair of nodes that two inputs which differ in one position lead to
std::variant<DiagramCounts, verdict::Undecided> counts(const Diagram& d, std::size_t most_pairs,
                                                       const base::Limits& limits);

/// By level k of the Fourier spectrum: Σ_{|S|=k} f^(S)^2 · 4^n for the values 1 and −1, from the correlation of f
/// on an input and its noisy copy as a polynomial in the noise.
///
/// Gives   undecided with reason memory after so many coefficients, deadline or interrupted
/// Cost    a polynomial for each pair of nodes that are reached by as many positions
std::variant<std::vector<mpz_class>, verdict::Undecided> level_weights(const Diagram& d, std::size_t most_coefficients,
                                                                       const base::Limits& limits);

/// Relevance, direction and symmetry.
///
/// Gives   undecided with reason memory after `most_pairs`, deadline or interrupted
std::variant<Shape, verdict::Undecided> shape(const Diagram& d, std::size_t most_pairs, const base::Limits& limits);

/// A short partial input that decides the value: the fewest tests of a path from the root.
/// By position from 0; nothing: free. Needs no path to be as short as the least certificate.
std::vector<std::optional<bool>> shortest_path(const Diagram& d);

/// Whether the function is constant where some positions (from 1) have given values.
bool constant_on(const Diagram& d, const std::vector<std::optional<bool>>& fixed);

}  // namespace attest::measure
