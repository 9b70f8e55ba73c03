#pragma once

#include "attest/network/transformer.hpp"

namespace attest::compile {

/// Whether models with this attention are compiled at a length: hard as AND and OR (FORMAT.md, 6), average by counting (25).
inline bool has_circuit(const network::Transformer& transformer) {
    const network::AttentionKind kind = transformer.kind();
    return kind == network::AttentionKind::hard || kind == network::AttentionKind::average;
}

/// Whether some attention is average, and none is of a kind that is not compiled: then the circuit counts.
inline bool counts(const network::Transformer& transformer) {
    return transformer.kind() == network::AttentionKind::average;
}

}  // namespace attest::compile
