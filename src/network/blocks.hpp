#pragma once

#include <algorithm>
#include <cstddef>

#include "attest/network/transformer.hpp"

// Models that attest makes of others, never those of files, may hold several vectors in one: blocks of as many coordinates as
// norms have gains, one behind the other. A norm is applied to each block on its own (decide/ablate/edges.cpp says what for).

namespace attest::network {

/// How many blocks a vector has that the norm takes: 1 in every model of a file.
inline std::size_t blocks_of(const Norm& norm, std::size_t dimension) { return dimension / norm.gain.size(); }

/// Whether some norm takes more than one block.
inline bool has_blocks(const Transformer& t) {
    const auto several = [&](const std::optional<Norm>& norm) { return norm && blocks_of(*norm, t.dimension) > 1; };
    return several(t.embedding_norm) || several(t.final_norm) ||
           std::any_of(t.layers.begin(), t.layers.end(), [&](const Layer& layer) {
               return (layer.attention && several(layer.attention->norm)) ||
                      (layer.feedforward && several(layer.feedforward->norm));
           });
}

}  // namespace attest::network
