#pragma once

#include <optional>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::influence {

/// A model whose coordinates are the linear functionals of another's vectors that its parts and its readout take.
///
/// A box forgets how the coordinates of a vector belong together, and each affine map applied to one widens what it
/// gives. Here maps that follow each other (output after value, next query after output) are multiplied exactly,
/// beforehand, so that only ReLU and attention come between boxes.
struct Functionals {
    std::vector<exact::Vector> rows;  ///< by coordinate: what it is of the vectors of the model
    std::vector<network::Layer>
        layers;  ///< over these coordinates; those that nothing after a layer reads are not kept up
    exact::Vector readout;
};

/// Gives   nothing for a model with layer norm, or if more than `most` functionals are needed
/// Exact   yes: output and attention are those of the model
std::optional<Functionals> follow(const network::Transformer& transformer, std::size_t most);

}  // namespace attest::influence
