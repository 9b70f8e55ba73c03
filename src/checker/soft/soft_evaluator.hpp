#pragma once

#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/soft/soft_instance.hpp"

namespace attest::checker {

/// An interval around the score of the word, given as indices into the model's alphabet: the readout weight times the
/// final vector plus the bias.
///
/// Follows the definition of the model format at the positions that are read (FORMAT.md section 5).
///
/// Needs   word.size() == instance.length
/// Throws  Defect: a norm with eps = 0 and a variance that is certainly 0
/// Cost    O(layers * heads * n^2 * d) operations on intervals
Interval score(const SoftInstance& instance, const std::vector<std::size_t>& word, Budget& budget);

/// The logits of the one vector that is read, or of the mean or sum of several.
///
/// Needs, Throws, Cost as score()
Intervals logits(const SoftInstance& instance, const std::vector<std::size_t>& word, Budget& budget);

/// The logits of each readout: of each position of the word, or one vector as logits().
///
/// Needs, Throws, Cost as score()
std::vector<Intervals> all_logits(const SoftInstance& instance, const std::vector<std::size_t>& word, Budget& budget);

/// The final vectors, after the norm of these, at the positions that are read, one by one.
///
/// Needs, Throws, Cost as score()
std::vector<Intervals> vectors_that_are_read(const SoftInstance& instance, const std::vector<std::size_t>& word,
                                             Budget& budget);

}  // namespace attest::checker
