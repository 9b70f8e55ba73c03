#pragma once

#include <vector>

#include "soft/affine_form.hpp"
#include "words_network.hpp"

namespace attest::soft {

/// A map of kernels column by column.
Matrix unpack(const words::Map& map);

/// The maps of a layer; those of a part that it has not are empty.
struct LayerMatrices {
    Matrix query, pairs, output;
    std::vector<Matrix> maps;  ///< of the feed-forward part
    Matrix gate;               ///< of it
};

/// [layer]
std::vector<LayerMatrices> matrices_of(const words::Network& network);

}  // namespace attest::soft
