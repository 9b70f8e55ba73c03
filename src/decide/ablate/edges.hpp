#pragma once

#include <vector>

#include "attest/decide/ablate/parts.hpp"

namespace attest::ablate {

/// All edges: each head with each head of a later layer, between which all parts have a residual.
///
/// Throws  Unsupported for a model with norms, whose parts do not read a sum
std::vector<Part> edges_of(const network::Transformer& transformer);

/// The transformer in which the later heads do not read what the earlier ones add: those write into coordinates of their own
/// besides, which these subtract (FORMAT.md, section 15).
///
/// Needs   edges of edges_of, in its order
network::Transformer cut_edges(const network::Transformer& transformer, const std::vector<Part>& edges);

}  // namespace attest::ablate
