#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/decide/threshold/specification.hpp"

namespace attest::threshold {

/// How many pairs of words that differ in one symbol a network of two layers of one head tells apart at most, of the words
/// of a cube of this dimension on which the reader's value after the first layer is always the same, if words that it does
/// not tell apart always have an even distance (FORMAT.md, section 9.9), by the price that is best.
///
/// dimension  of the cube: 2 … 40 symbols are free
/// Exact      upper bound
/// Cost       O(D); with two activations, for D <= 8, O(D 4^D)
/// Source     attest
std::int64_t separable_pairs(std::int64_t dimension, std::optional<std::int64_t> activations);

/// What the words that are taken from one list add beyond a price each, at most, by the limit on how many they are:
/// 0 … limit (FORMAT.md, section 9.9.1, with two activations).
///
/// symbols    that the list looks at one after the other, 1 … 12
/// own        whether the symbol of the position whose list it is may change as well
/// Exact      upper bound, reached by one list
/// Cost       O(2^symbols symbols limit)
std::vector<std::int64_t> most_of_list(std::int64_t symbols, bool own, std::int64_t price, std::int64_t limit);

/// Whether no network of the class computes a language that every change of one symbol leads into or out of at this length,
/// because there are more pairs of words to tell apart: for two layers of one head.
///
/// Exact   yes
bool bounded_by_peeling(const NetworkClass& network, std::int64_t length);

/// Whether the class is that of two layers, one head and two activations, and seven symbols are not read: then the theorem
/// of FORMAT.md, section 9.15, says the same.
///
/// Exact   the checker goes through the orders; nothing is computed here
/// Source  attest
bool bounded_by_orders(const NetworkClass& network, std::int64_t length);

}  // namespace attest::threshold
