#pragma once

#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/network/instance.hpp"

namespace attest::checker {

/// Whether the model accepts the word, given as indices into its alphabet.
///
/// Follows the definition of the model format position by position; it shares nothing with the circuit's
/// translation but the numbers of the instance.
///
/// Needs   word.size() == instance.length
/// Exact   yes, for hard and for average attention
/// Cost    O(layers * heads * n^2 * d) rational operations
bool accepts(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget);

/// The vector that the readout weighs: the final one at the position that is read, or the mean or sum of several.
///
/// Needs, Exact, Cost as accepts()
Vector final_vector(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget);

/// The final vectors at the positions that are read, one by one.
///
/// Needs, Exact, Cost as accepts()
std::vector<Vector> final_vectors(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget);

}  // namespace attest::checker
