// A softmax model at one length in intervals: its layers (interval_layers.cpp), its positions in classes
// (position_classes.cpp), and in which coordinates vectors are seen.
//
// Coordinates are linear functionals f of the model's vectors, and the layers are given over them: the unit vectors,
// which are the model as it is; with a norm, also the total (interval_layers.cpp); or those that the network's own maps
// take (functionals.cpp). In all of them the enclosures are true, but some are narrower.

#include "attest/measure/influence/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "followed.hpp"
#include "functionals.hpp"
#include "interval_layers.hpp"
#include "position_classes.hpp"

namespace attest::influence {

bool has_norm(const network::Transformer& t) {
    if (t.embedding_norm || t.final_norm) return true;
    return std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& l) {
        return (l.attention && l.attention->norm) || (l.feedforward && l.feedforward->norm);
    });
}

namespace {

void require_softmax(const network::Transformer& transformer) {
    for (const network::Layer& layer : transformer.layers)
        if (layer.attention && !layer.attention->heads.empty() &&
            layer.attention->kind != network::AttentionKind::softmax)
            throw base::UsageError(fmt::format("influence: expected softmax attention, found {} attention in {}",
                                               to_string(layer.attention->kind), base::printable(transformer.name)));
}

/// Leaves and tree, their members and working copies.
void require_memory(const Network& net, std::size_t memory_bytes) {
    const double bytes =
        static_cast<double>(net.n) * (static_cast<double>(net.symbols * net.dimension) * 3 * sizeof(Interval) + 600);
    if (bytes > static_cast<double>(memory_bytes))
        throw base::Unsupported(fmt::format("length {}: expected at most {} MiB, found a need of {:.0f} MiB",
                                            net.length, memory_bytes >> 20, bytes / 0x1p20));
}

void add_layers(const network::Transformer& transformer, Network& net) {
    net.last_attention = net.exact_layers->size();
    for (std::size_t l = 0; l < net.exact_layers->size(); ++l) {
        const std::string place = fmt::format("{}:layers[{}]", base::printable(transformer.name), l);
        net.layers.push_back(enclose_layer((*net.exact_layers)[l], net.n, place));
        if (net.layers[l].heads.empty()) continue;
        net.last_attention = l;
        if (net.layers[l].mask != network::Mask::none) net.by_position = true;
        for (const IntervalHead& head : net.layers[l].heads) net.by_position = net.by_position || head.bias != nullptr;
    }
}

/// The model with its vectors seen in these coordinates, in which `layers` and `readout` are.
Network network_of(const network::Transformer& transformer, std::int64_t length, std::size_t memory_bytes,
                   const std::vector<exact::Vector>& coordinates, std::vector<network::Layer> layers,
                   exact::Vector readout) {
    Network net;
    net.length = length;
    net.n = transformer.sequence_length(length);
    net.dimension = coordinates.size();
    net.exact_layers = std::make_shared<const std::vector<network::Layer>>(std::move(layers));
    net.symbols = transformer.alphabet.size();
    net.first_symbol = transformer.begin ? 2 : 1;
    net.readout = transformer.readout_position(net.n);
    require_memory(net, memory_bytes);
    network::require_values(transformer, net.n);
    add_layers(transformer, net);
    for (const exact::Vector& e : transformer.embedding)
        for (const exact::Vector& coordinate : coordinates)
            net.embedding.push_back(exact::to_interval(exact::dot(coordinate, e)));
    readout.resize(net.dimension);
    net.readout_weight = enclose_vector(readout);
    net.readout_bias = exact::to_interval(transformer.readout.bias);
    classify(transformer, coordinates, net);
    return net;
}

}  // namespace

Network instantiate(const network::Transformer& model, std::int64_t length, std::size_t memory_bytes) {
    const network::AtLength at = followed(model, length);
    const network::Transformer& transformer = *at;
    require_softmax(transformer);
    const std::size_t d = transformer.dimension;
    std::vector<exact::Vector> coordinates(d, exact::Vector(d));
    for (std::size_t c = 0; c < d; ++c) coordinates[c][c] = 1;
    if (has_norm(transformer)) coordinates.emplace_back(d, exact::Rational(1));
    Network net = network_of(transformer, length, memory_bytes, coordinates,
                             has_norm(transformer) ? with_totals(transformer.layers) : transformer.layers,
                             transformer.readout.weight);
    net.own_dimension = d;
    return net;
}

std::optional<Network> instantiate_functionals(const network::Transformer& model, std::int64_t length,
                                               std::size_t memory_bytes) {
    const network::AtLength at = followed(model, length);
    const network::Transformer& transformer = *at;
    constexpr std::size_t most_functionals = 3000;
    constexpr double most_products = 5e7;
    require_softmax(transformer);
    auto functionals = follow(transformer, most_functionals);
    if (!functionals) return std::nullopt;
    const double products =
        static_cast<double>(functionals->rows.size() * transformer.dimension * transformer.alphabet.size()) *
        static_cast<double>(length);
    if (products > most_products) return std::nullopt;
    return network_of(transformer, length, memory_bytes, functionals->rows, std::move(functionals->layers),
                      std::move(functionals->readout));
}

namespace {

/// The positions of a class whose symbols the word fixes, by symbol; but for `position` in the word, which stays open.
struct Fixed {
    std::vector<PositionClass> by_symbol;
    std::optional<PositionClass> open;
};

Fixed fix(const Network& network, const PositionClass& leaf, const language::Word& word, std::int64_t position) {
    Fixed fixed{std::vector<PositionClass>(network.symbols), std::nullopt};
    const std::int64_t first = network.first_symbol;
    for (const std::int64_t p : leaf.members) {
        if (p == position + first - 1) fixed.open = {{p}, true, leaf.start, -1, -1};
        else fixed.by_symbol[word[static_cast<std::size_t>(p - first)]].members.push_back(p);
    }
    for (std::size_t s = 0; s < network.symbols; ++s) {
        const auto at = leaf.start.begin() + static_cast<std::ptrdiff_t>(s * network.dimension);
        fixed.by_symbol[s].is_word = false;
        fixed.by_symbol[s].start.assign(at, at + static_cast<std::ptrdiff_t>(network.dimension));
    }
    return fixed;
}

}  // namespace

Network pin(const Network& network, const language::Word& word, std::int64_t position) {
    Network pinned = network;
    pinned.classes.clear();
    pinned.roots.clear();
    const auto add = [&](PositionClass c) {
        pinned.roots.push_back(static_cast<std::int32_t>(pinned.classes.size()));
        pinned.classes.push_back(std::move(c));
    };
    for (const PositionClass& leaf : network.classes) {
        if (leaf.left >= 0) continue;
        if (!leaf.is_word) {
            add(leaf);
            continue;
        }
        Fixed fixed = fix(network, leaf, word, position);
        if (fixed.open) add(std::move(*fixed.open));
        for (PositionClass& of_symbol : fixed.by_symbol)
            if (!of_symbol.members.empty()) add(std::move(of_symbol));
    }
    return pinned;
}

}  // namespace attest::influence
