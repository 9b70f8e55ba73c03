#pragma once

#include <cstdint>
#include <optional>

#include "attest/network/guhat.hpp"

namespace attest::programs {

struct TreeOptions {
    std::int64_t layers = 1;
    std::int64_t heads = 1;
    std::optional<std::int64_t> activations;  ///< none: unbounded; else at least 2
    bool end = true;                          ///< read at an end symbol, else at the last position of the word
};

/// PARITY by a tree that is driven by positions alone: in layer l each multiple p of (H+1)^l looks at
/// p − h (H+1)^(l−1) for h = 1 … H and adds up what these and p itself know.
///
/// Gives   tables for words of (H+1)^L symbols, one less with an end symbol
/// Throws  UsageError if activations cannot hold a bit; Unsupported beyond 4096 values of one position
/// Cost    the product of the values of two positions, for each node: 2^((H+1)^L) at most
network::Guhat parity_tree(const TreeOptions& options);

/// PARITY of H more bits from two-layer tables for PARITY whose reader learns nothing in the first layer: let its own
/// heads read the new bits, which go between the word and the end symbol and which nobody else looks at.
///
/// Needs   `guhat` accepts exactly the words with an odd number of 1s
/// Gives   the same for words of N + H symbols
/// Throws  Unsupported unless there are two layers, the bits 0 and 1, an end symbol that no list names, tables of the
///         last layer that are the same whatever its heads saw in the first, and activations that can hold H bits' sum
/// Source  theory: the step from a constant to a full reader
network::Guhat extend_by_reader(const network::Guhat& guhat);

}  // namespace attest::programs
