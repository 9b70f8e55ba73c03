// Layers in intervals, and the total of a vector as a coordinate.
//
// Statement. Let a vector have besides its d coordinates their total, and let each map that adds to it have a row more,
// the sum of its rows. Then the last coordinate is the total at every boundary, and its interval is as narrow as sums
// of weights make it.
//
// Why. The sum over rows of W x + b is (Σ rows of W) x + Σ b, formed exactly. A layer norm subtracts the mean, which is
// the total over d. Networks often keep it at 0 by pairs of coordinates x, −x: intervals of the coordinates do not see
// that x and −x belong together, and would give a mean in [−w, w]; the total is then 0 exactly.

#include "interval_layers.hpp"

#include <algorithm>
#include <memory>

#include "point_steps.hpp"

namespace attest::influence {

namespace {

constexpr long weight_bits = 128;

}  // namespace

IntervalMap enclose_map(const exact::AffineMap& map) {
    return {map, [](const exact::Rational& x) { return exact::to_interval(x); }};
}

Box enclose_vector(const exact::Vector& vector) {
    Box box;
    for (const exact::Rational& x : vector) box.push_back(exact::to_interval(x));
    return box;
}

namespace {

std::optional<IntervalNorm> enclose_norm(const std::optional<network::Norm>& norm, std::string place) {
    if (!norm) return std::nullopt;
    exact::Rational total;
    for (const exact::Rational& b : norm->bias) total += b;
    const bool even =
        std::all_of(norm->gain.begin(), norm->gain.end(), [&](const exact::Rational& g) { return g == norm->gain[0]; });
    return IntervalNorm{std::move(place),
                        norm->placement,
                        norm->kind,
                        exact::to_interval(norm->eps),
                        enclose_vector(norm->gain),
                        enclose_vector(norm->bias),
                        exact::to_interval(total),
                        even && norm->kind == network::Norm::Kind::layer};
}

IntervalHead enclose_head(const network::Attention& attention, const network::Head& head, std::int64_t n) {
    IntervalHead h;
    if (head.query) h.query = enclose_map(*head.query);
    if (head.key) h.key = enclose_map(*head.key);
    h.value = enclose_map(head.value);
    h.output = enclose_map(head.output);
    h.scale = exact::to_interval(network::enclose_scale(attention, head, n, weight_bits));
    if (!head.bias.is_constant()) h.bias = &head.bias;  // a constant shifts all scores alike
    return h;
}

}  // namespace

IntervalLayer enclose_layer(const network::Layer& layer, std::int64_t n, const std::string& place) {
    IntervalLayer result;
    if (layer.attention) {
        const network::Attention& attention = *layer.attention;
        result.has_attention = true;
        result.mask = attention.mask;
        result.attention_residual = attention.residual;
        result.attention_norm = enclose_norm(attention.norm, place + ".attention.norm");
        for (const network::Head& head : attention.heads) result.heads.push_back(enclose_head(attention, head, n));
    }
    if (layer.feedforward) {
        result.feedforward = std::make_shared<FeedForwardStep>(*layer.feedforward);
        result.feedforward_norm = enclose_norm(layer.feedforward->norm, place + ".feedforward.norm");
    }
    return result;
}

namespace {

/// The map with one more row: the sum of all.
void add_total(exact::AffineMap& map) {
    exact::Vector sum(map.weight.columns);
    for (const auto& row : map.weight.rows)
        for (const auto& [column, value] : row) sum[column] += value;
    auto& total = map.weight.rows.emplace_back();
    for (std::uint32_t c = 0; c < sum.size(); ++c)
        if (sum[c] != 0) total.emplace_back(c, sum[c]);
    if (map.bias.empty()) return;
    exact::Rational constant;
    for (const exact::Rational& b : map.bias) constant += b;
    map.bias.push_back(constant);
}

}  // namespace

std::vector<network::Layer> with_totals(std::vector<network::Layer> layers) {
    for (network::Layer& layer : layers) {
        if (layer.attention)
            for (network::Head& head : layer.attention->heads) add_total(head.output);
        if (layer.feedforward && !layer.feedforward->maps.empty()) add_total(layer.feedforward->maps.back());
    }
    return layers;
}

}  // namespace attest::influence
