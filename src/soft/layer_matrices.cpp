#include "soft/layer_matrices.hpp"

namespace attest::soft {

Matrix unpack(const words::Map& map) {
    Matrix result{map.inputs,
                  map.outputs,
                  std::vector<double>(map.inputs * map.outputs),
                  {map.bias.begin(), map.bias.begin() + static_cast<std::ptrdiff_t>(map.outputs)}};
    for (std::size_t r = 0; r < map.outputs; ++r)
        for (std::size_t c = 0; c < map.inputs; ++c)
            result.weight[c * map.outputs + r] =
                map.weight[(r / words::block * map.inputs + c) * words::block + r % words::block];
    return result;
}

std::vector<LayerMatrices> matrices_of(const words::Network& network) {
    std::vector<LayerMatrices> result;
    for (const words::Layer& layer : network.layers) {
        LayerMatrices& own = result.emplace_back();
        if (layer.attention)
            own = {unpack(layer.attention->query),
                   unpack(layer.attention->pairs),
                   unpack(layer.attention->output),
                   {},
                   {}};
        if (!layer.feedforward) continue;
        for (const words::Map& map : layer.feedforward->maps) own.maps.push_back(unpack(map));
        if (layer.feedforward->gate) own.gate = unpack(*layer.feedforward->gate);
    }
    return result;
}

}  // namespace attest::soft
