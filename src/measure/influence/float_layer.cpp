// Weights to nearest doubles, and tables of what a head adds to scores. Numbers that are not rational are taken from
// balls of 64 bits.

#include "float_layer.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"

namespace attest::influence {

std::vector<double> doubles(const exact::Vector& v) {
    std::vector<double> out;
    for (const exact::Rational& x : v) out.push_back(x.get_d());
    return out;
}

namespace {

std::optional<FloatNorm> floats(const std::optional<network::Norm>& norm) {
    if (!norm) return std::nullopt;
    return FloatNorm{norm->placement, norm->kind, norm->eps.get_d(), doubles(norm->gain), doubles(norm->bias)};
}

/// The coordinates that the map depends on.
std::vector<std::uint32_t> columns_of(const FloatMap& map, std::size_t dimension) {
    std::vector<bool> used(dimension);
    for (const FloatMap::Row& row : map.rows)
        for (const std::uint32_t c : row.columns) used[c] = true;
    std::vector<std::uint32_t> columns;
    for (std::uint32_t c = 0; c < dimension; ++c)
        if (used[c]) columns.push_back(c);
    return columns;
}

FloatHead to_doubles(const network::Attention& attention, const network::Head& head, std::size_t dimension,
                     std::int64_t n) {
    FloatHead h;
    if (head.query) h.query.emplace(*head.query), h.key.emplace(*head.key);
    h.value = FloatMap(head.value);
    h.output = FloatMap(head.output);
    h.scale = network::enclose_scale(attention, head, n, 64).middle();
    h.columns = columns_of(h.value, dimension);
    for (std::int64_t i = 1; !head.bias.is_constant() && i <= n; ++i)
        for (std::int64_t j = 1; j <= n; ++j)
            h.bias.push_back(allows(attention.mask, i, j) ? head.bias.enclose({.i = i, .j = j, .n = n}, 64).middle()
                                                          : 0);
    return h;
}

}  // namespace

FloatLayer to_doubles(const network::Layer& layer, std::size_t dimension, std::int64_t n) {
    FloatLayer to;
    if (layer.attention) {
        to.attends = true;
        to.mask = layer.attention->mask;
        to.attention_residual = layer.attention->residual;
        to.attention_norm = floats(layer.attention->norm);
        if (!layer.attention->heads.empty() && layer.attention->kind != network::AttentionKind::softmax)
            throw base::UsageError(fmt::format("influence: expected softmax attention, found {} attention",
                                               to_string(layer.attention->kind)));
        for (const network::Head& head : layer.attention->heads)
            to.heads.push_back(to_doubles(*layer.attention, head, dimension, n));
    }
    if (layer.feedforward) {
        to.feeds = true;
        for (const exact::AffineMap& map : layer.feedforward->maps) to.maps.emplace_back(map);
        to.activation = layer.feedforward->activation;
        to.feedforward_residual = layer.feedforward->residual;
        to.feedforward_norm = floats(layer.feedforward->norm);
    }
    return to;
}

double operations_at_position(const FloatLayer& layer) {
    double weights = 0;
    const auto count = [&](const FloatMap& map) {
        for (const FloatMap::Row& row : map.rows) weights += static_cast<double>(row.weights.size()) + 1;
    };
    for (const FloatHead& head : layer.heads) {
        count(head.value), count(head.output);
        if (head.query) weights += 2 * static_cast<double>(head.query->outputs()) + 40;
    }
    for (const FloatMap& map : layer.maps) count(map);
    return weights;
}

}  // namespace attest::influence
