#pragma once

#include "attest/measure/influence/network.hpp"

namespace attest::influence {

/// Around each coordinate.
Box enclose_vector(const exact::Vector& vector);

/// One layer at sequences of n positions.
/// place  of the layer in the model, for what norms say
IntervalLayer enclose_layer(const network::Layer& layer, std::int64_t n, const std::string& place);

/// The layers over vectors that have one coordinate more, the total of the others.
std::vector<network::Layer> with_totals(std::vector<network::Layer> layers);

}  // namespace attest::influence
