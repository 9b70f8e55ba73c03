#include "attest/decide/ablate/parts.hpp"

#include <fmt/format.h>

#include "decide/ablate/by_position.hpp"
#include "decide/ablate/edges.hpp"

namespace attest::ablate {

namespace {

void set_constant(exact::AffineMap& map, const exact::Vector& constant) {
    for (auto& row : map.weight.rows) row.clear();
    map.bias = constant;
}

std::string head_text(std::size_t layer, std::size_t head) {
    return head == 0 ? fmt::format("{}.ff", layer) : fmt::format("{}.{}", layer, head);
}

}  // namespace

std::string to_string(const Part& part) {
    if (!part.variable.empty()) return part.variable;
    const std::string text = head_text(part.layer, part.head);
    return part.is_edge() ? text + ">" + head_text(part.to_layer, part.to_head) : text;
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
    return without(transformer, Removal{parts});
}

network::Transformer without(const network::Transformer& transformer, const Removal& removal) {
    network::Transformer changed = transformer;
    std::vector<Part> edges;
    for (std::size_t k = 0; k < removal.parts.size(); ++k) {
        const Part& part = removal.parts[k];
        network::Layer& layer = changed.layers.at(part.layer - 1);
        if (part.is_edge()) edges.push_back(part);
        else
            set_constant(
                part.head == 0 ? layer.feedforward->maps.back() : layer.attention->heads.at(part.head - 1).output,
                removal.constants.empty() ? exact::Vector() : removal.constants[k]);
    }
    if (!removal.by_position.empty()) return with_constants_by_position(changed, removal);
    return edges.empty() ? changed : cut_edges(changed, edges);
}

}  // namespace attest::ablate
