#pragma once

#include "attest/measure/influence/network.hpp"

namespace attest::influence {

/// Fills in `classes` and `roots`: the positions of a sequence in a tree of classes, or, where attention depends on the
/// position itself (`by_position`), each a class of its own.
///
/// coordinates  linear functionals, of which the coordinates of the network are the values
/// Needs        the numbers of the network, `readout` and `by_position`
void classify(const network::Transformer& transformer, const std::vector<exact::Vector>& coordinates, Network& network);

}  // namespace attest::influence
