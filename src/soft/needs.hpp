#pragma once

#include <cstdint>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::soft {

/// Which coordinates of which positions the readout depends on, by the zeros of the weight matrices.
///
/// Shape   before, between: [layers][position from 0][d]; `before` the layer, `between` its attention and its
///         feed-forward part; `last` is what the readout weighs, at the positions that it reads, and `end` what that takes of
///         the vectors after the last layer: the same, or with a final norm all coordinates.
struct Needs {
    using Coordinates = std::vector<bool>;
    using Positions = std::vector<Coordinates>;

    std::vector<Positions> before;
    std::vector<Positions> between;
    Positions end;
    Positions last;
};

/// Needs   a model without `repeat` (network::AtLength), n positions; before a norm of the embedding all coordinates are needed
///         where any is
/// Exact   yes: what is not marked does not change the readout; what is marked may not either
/// Throws  InputError if there is no readout position
/// Cost    O(L n² (H + d)) for masks, O(L n d) without
Needs needs(const network::Transformer& transformer, std::int64_t n);

/// Whether any coordinate is marked.
bool any(const Needs::Coordinates& coordinates);

}  // namespace attest::soft
