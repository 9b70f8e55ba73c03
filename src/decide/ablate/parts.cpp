#include "attest/decide/ablate/parts.hpp"

#include <fmt/format.h>

namespace attest::ablate {

namespace {

void clear(exact::AffineMap& map) {
    for (auto& row : map.weight.rows) row.clear();
    map.bias.clear();
}

}  // namespace

std::string to_string(const Part& part) {
    return part.head == 0 ? fmt::format("{}.ff", part.layer) : fmt::format("{}.{}", part.layer, part.head);
}

std::string to_string(const std::vector<Part>& parts) {
    std::string text;
    for (const Part& part : parts) text += (text.empty() ? "" : ", ") + to_string(part);
    return "{" + text + "}";
}

std::vector<Part> parts_of(const network::Transformer& transformer) {
    std::vector<Part> parts;
    for (std::size_t l = 0; l < transformer.layers.size(); ++l) {
        const network::Layer& layer = transformer.layers[l];
        const std::size_t heads = layer.attention ? layer.attention->heads.size() : 0;
        for (std::size_t h = 1; h <= heads; ++h) parts.push_back({l + 1, h});
        if (layer.feedforward) parts.push_back({l + 1, 0});
    }
    return parts;
}

network::Transformer without(const network::Transformer& transformer, const std::vector<Part>& parts) {
    network::Transformer changed = transformer;
    for (const Part& part : parts) {
        network::Layer& layer = changed.layers.at(part.layer - 1);
        clear(part.head == 0 ? layer.feedforward->maps.back() : layer.attention->heads.at(part.head - 1).output);
    }
    return changed;
}

}  // namespace attest::ablate
