#pragma once

#include <vector>

#include "attest/decide/ablate/parts.hpp"

namespace attest::ablate {

/// All edges: each head with each head of a later layer, between which all parts have a residual and none a norm after it.
std::vector<Part> edges_of(const network::Transformer& transformer);

/// The transformer in which the later heads do not read what the earlier ones add (FORMAT.md, section 15). Without norms those
/// write into coordinates of their own besides, which these subtract; with norms each later head reads a vector of its own.
///
/// Needs   edges of edges_of, in its order
network::Transformer cut_edges(const network::Transformer& transformer, const std::vector<Part>& edges);

/// The heads to which edges lead, in ascending order.
std::vector<Part> readers_of(const std::vector<Part>& edges);

/// The same function, with a vector of its own for each of some heads: the dimension is d (1 + readers), and head k of them
/// reads the coordinates from d k on, into which all is written that is written into the first d.
network::Transformer with_blocks(const network::Transformer& transformer, const std::vector<Part>& readers);

}  // namespace attest::ablate
