#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/specification.hpp"

namespace attest::threshold {

/// How many pairs of words that differ in one symbol a network of two layers of one head tells apart at most, of the words
/// of a cube on which the reader's value after the first layer is always the same, if words that it does not tell apart
/// always have an even distance (FORMAT.md, section 9.9).
///
/// dimension  of the cube: 1 … 40 symbols are free
/// settled    whether one symbol, besides the one that is read, was fixed to make the reader's value the same
/// Exact      upper bound
/// Cost       O(D³); with two activations O(D² 4^D) for D < 12
/// Source     attest
std::int64_t separable_pairs(std::int64_t dimension, bool settled, std::optional<std::int64_t> activations);

/// What the words that are taken from one list add beyond a price each, at most, by the limit on how many
/// they are: 0 … limit (FORMAT.md, section 9.9.1, with two activations).
///
/// symbols    that the list looks at one after the other, 1 … 40
/// own        whether the symbol of the position whose list it is may change as well
/// Exact      upper bound
/// Cost       O(symbols² limit + 2^symbols limit)
std::vector<std::int64_t> most_of_list(std::int64_t symbols, bool own, std::int64_t price, std::int64_t limit);

/// Whether no network of the class computes the language because there are more pairs of words to tell apart: for two
/// layers of one head, and languages that every change of one symbol leads into or out of, as parity.
///
/// Gives   true only if that holds; false says nothing, and stands also for a limit that was reached
/// Exact   yes
/// Cost    N 2^N questions to the language
bool bounded_by_peeling(const Specification& specification, const base::Limits& limits);

}  // namespace attest::threshold
