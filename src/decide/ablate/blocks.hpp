#pragma once

#include "attest/network/transformer.hpp"

// A transformer with several vectors in one: blocks of d coordinates, one behind the other, each of which begins as the vector
// does and to which all is added that is added to it. Norms take each block on its own (network/blocks.hpp). So parts can read
// the vector as it would be without this, or with that.

namespace attest::ablate {

/// The same function, of a vector that is there so many times; all that reads does so in the first block.
///
/// Needs   at least one; d is the transformer's dimension
network::Transformer repeated_in_blocks(const network::Transformer& transformer, std::size_t blocks);

/// The maps by which a head reads.
std::vector<exact::AffineMap*> maps_that_read(network::Head& head);

/// The map reads the coordinates from `first` on in place of those from 0 on.
void read_from(exact::AffineMap& map, std::size_t first);

/// Nothing is added to the coordinates from `first` to before `last`.
void write_nothing(exact::AffineMap& map, std::size_t first, std::size_t last);

}  // namespace attest::ablate
