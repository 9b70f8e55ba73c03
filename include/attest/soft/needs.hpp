#pragma once

#include <cstdint>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::soft {

/// Which coordinates of which positions the readout depends on, by the zeros of the weight matrices.
///
/// Shape   before, between: [layers][position from 0][d]; `before` the layer, `between` its attention and its
///         feed-forward part; after the last layer only the readout position counts, with the coordinates that it weighs.
struct Needs {
    using Coordinates = std::vector<bool>;
    using Positions = std::vector<Coordinates>;

    std::vector<Positions> before;
    std::vector<Positions> between;
    Positions last;
};

/// Exact   yes: what is not marked does not change the readout; what is marked may not either
/// Throws  InputError if there is no readout position
/// Cost    O(L n² (H + d)) for masks, O(L n d) without
Needs needs(const network::Transformer& transformer, std::int64_t n);

/// Whether any coordinate is marked.
bool any(const Needs::Coordinates& coordinates);

}  // namespace attest::soft
