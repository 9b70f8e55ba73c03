// A softmax network in doubles, layer by layer, in blocks of positions.
//
// It is plain: scores less their maximum, weights by exponentials, sums from left to right. Nothing that it says is a
// verdict; whoever finds something with it has it enclosed. Heads without queries, biases and masks give all query
// positions the same, which is computed once.

#include "forward_pass.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "followed.hpp"

namespace attest::influence {

using network::Mask;

ForwardPass::ForwardPass(const network::Transformer& model, std::int64_t word_length, std::size_t memory_bytes)
    : length(static_cast<std::size_t>(word_length)), d(model.dimension), symbols(model.alphabet.size()) {
    const network::AtLength at = followed(model, word_length);
    const network::Transformer& t = *at;
    const std::int64_t positions = t.sequence_length(word_length);
    n = static_cast<std::size_t>(positions);
    blocks = (n + lanes - 1) / lanes;
    readout_position = static_cast<std::size_t>(t.readout_position(positions)) - 1;
    first = t.begin ? 1 : 0;
    require_memory(t, memory_bytes);
    for (const network::Layer& layer : t.layers) layers.push_back(to_doubles(layer, d, positions));
    place(t);
    readout = doubles(t.readout.weight);
    readout_bias = t.readout.bias.get_d();
    for (std::size_t l = 0; l < layers.size(); ++l)
        if (!layers[l].heads.empty()) attentions.push_back(l);
}

void ForwardPass::require_memory(const network::Transformer& t, std::size_t memory_bytes) const {
    double most_rows = 0, tables = 0;
    for (const network::Layer& layer : t.layers) {
        double rows = 0;
        if (!layer.attention) continue;
        for (const network::Head& head : layer.attention->heads) {
            rows += static_cast<double>(2 * head.query_rows() + 2 * head.value.outputs() + 2);
            if (!head.bias.is_constant()) tables += static_cast<double>(n) * static_cast<double>(n);
        }
        most_rows = std::max(most_rows, rows);
    }
    const double bytes =
        8 * (tables + static_cast<double>(n + lanes) * (most_rows + static_cast<double>((4 + symbols) * d)));
    if (bytes > static_cast<double>(memory_bytes))
        throw base::Unsupported(
            fmt::format("length {}: expected at most {} MiB for doubles, found a need of {:.0f} MiB", length,
                        memory_bytes >> 20, bytes / 0x1p20));
}

void ForwardPass::place(const network::Transformer& t) {
    start.assign(blocks * d * lanes, 0);
    for (const exact::Vector& e : t.embedding) embedding.push_back(doubles(e));
    for (std::size_t p = 0; p < n; ++p) {
        double* at = lane(start, p);
        if (t.position_table) {
            const exact::Vector row =
                network::position_vector(t, static_cast<std::int64_t>(p) + 1, static_cast<std::int64_t>(n));
            for (std::size_t c = 0; c < d; ++c) at[c * lanes] = row[c].get_d();
        }
        for (std::size_t c = 0; c < t.position.size(); ++c)
            at[c * lanes] = t.position[c]
                                .enclose({.i = static_cast<std::int64_t>(p) + 1, .n = static_cast<std::int64_t>(n)}, 64)
                                .middle();
        const exact::Vector* marker = t.begin && p == 0     ? &t.begin_embedding
                                      : t.end && p == n - 1 ? &t.end_embedding
                                                            : nullptr;
        for (std::size_t c = 0; marker != nullptr && c < d; ++c) at[c * lanes] += (*marker)[c].get_d();
    }
    fill_rest();
}

void ForwardPass::fill_rest() {
    for (std::size_t p = n; p < blocks * lanes; ++p)
        for (std::size_t c = 0; c < d; ++c) lane(start, p)[c * lanes] = lane(start, 0)[c * lanes] + embedding[0][c];
}

ForwardPass::Sequence ForwardPass::embed(const language::Word& word) const {
    Sequence y = start;
    for (std::size_t p = 0; p < length; ++p) {
        double* at = lane(y, p + first);
        for (std::size_t c = 0; c < d; ++c) at[c * lanes] += embedding[word[p]][c];
    }
    return y;
}

void ForwardPass::units(const FloatLayer& layer, const double* y, Block& x) const {
    thread_local Block next;
    x.assign(y, y + d * lanes);
    if (is(layer.feedforward_norm, network::Norm::Placement::pre)) normalise_block(*layer.feedforward_norm, x.data());
    for (std::size_t m = 0; m + 1 < layer.maps.size(); ++m) {
        next.resize(layer.maps[m].outputs() * lanes);
        apply(layer.maps[m], x.data(), next.data());
        if (layer.activation.kind == exact::Activation::Kind::relu)
            for (double& v : next) v = v > 0 ? v : 0;
        else
            for (double& v : next) v = exact::activate(layer.activation, v);
        x.swap(next);
    }
}

void ForwardPass::feed(const FloatLayer& layer, double* y) const {
    if (!layer.feeds) return;
    thread_local Block x, out;
    units(layer, y, x);
    if (layer.maps.empty()) out = x;
    else out.resize(d * lanes), apply(layer.maps.back(), x.data(), out.data());
    for (std::size_t k = 0; k < d * lanes; ++k) y[k] = layer.feedforward_residual ? y[k] + out[k] : out[k];
    if (is(layer.feedforward_norm, network::Norm::Placement::post)) normalise_block(*layer.feedforward_norm, y);
}

void ForwardPass::step_block(const FloatLayer& layer, double* y) const {
    if (layer.attends && !layer.attention_residual) std::fill(y, y + d * lanes, 0.0);
    if (layer.attends && is(layer.attention_norm, network::Norm::Placement::post))
        normalise_block(*layer.attention_norm, y);
    feed(layer, y);
}

std::vector<double> ForwardPass::by_position(const FloatMap& map, const Sequence& y) const {
    std::vector<double> out(n * map.outputs()), part(map.outputs() * lanes);
    for (std::size_t b = 0; b < blocks; ++b) {
        apply(map, block(y, b), part.data());
        for (std::size_t k = 0; k < lanes && b * lanes + k < n; ++k)
            for (std::size_t r = 0; r < map.outputs(); ++r)
                out[(b * lanes + k) * map.outputs() + r] = part[r * lanes + k];
    }
    return out;
}

void ForwardPass::score(const FloatLayer& layer, const FloatHead& head, const double* queries, std::size_t dk,
                        std::size_t b, std::size_t j, const double* key, double* out) const {
    if (dk > 0) weigh_rows(key, dk, head.scale, queries, out);
    else std::fill(out, out + lanes, 0.0);
    if (head.bias.empty() && layer.mask == Mask::none) return;
    for (std::size_t k = 0; k < lanes && b * lanes + k < n; ++k) {
        const std::size_t i = b * lanes + k;
        if (!allows(layer.mask, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j))) out[k] = hidden;
        else if (!head.bias.empty()) out[k] += head.bias[i * n + j];
    }
}

ForwardPass::HeadState ForwardPass::state(const FloatLayer& layer, const FloatHead& head, const Sequence& x) const {
    HeadState s;
    s.dk = head.query ? head.query->outputs() : 0;
    s.dv = head.value.outputs();
    if (head.key) s.keys = by_position(*head.key, x);
    s.values = by_position(head.value, x);
    s.queries.resize(blocks * s.dk * lanes);
    s.sums.assign(blocks * s.dv * lanes, 0);
    s.totals.assign(blocks * lanes, 0);
    s.tops.assign(blocks * lanes, hidden);
    const bool uniform = s.dk == 0 && head.bias.empty() && layer.mask == Mask::none;
    for (std::size_t b = 0; b < blocks; ++b) {
        if (uniform && b > 0) {  // the same everywhere
            std::copy_n(s.sums.data(), s.dv * lanes, s.sums.data() + b * s.dv * lanes);
            std::copy_n(s.totals.data(), lanes, s.totals.data() + b * lanes);
            std::copy_n(s.tops.data(), lanes, s.tops.data() + b * lanes);
            continue;
        }
        if (head.query) apply(*head.query, block(x, b), s.queries.data() + b * s.dk * lanes);
        sum_block(layer, head, b, s);
    }
    return s;
}

void ForwardPass::sum_block(const FloatLayer& layer, const FloatHead& head, std::size_t b, HeadState& s) const {
    double scores[lanes], e[lanes];
    const double* queries = s.queries.data() + b * s.dk * lanes;
    double* sums = s.sums.data() + b * s.dv * lanes;
    double* totals = s.totals.data() + b * lanes;
    double* tops = s.tops.data() + b * lanes;
    for (std::size_t j = 0; j < n; ++j) {
        score(layer, head, queries, s.dk, b, j, s.keys.data() + j * s.dk, scores);
        for (std::size_t k = 0; k < lanes; ++k) tops[k] = std::max(tops[k], scores[k]);
    }
    for (std::size_t j = 0; j < n; ++j) {
        score(layer, head, queries, s.dk, b, j, s.keys.data() + j * s.dk, scores);
        exponentials(scores, tops, e);
        for (std::size_t k = 0; k < lanes; ++k) totals[k] += e[k];
        add_summand(e, s.values.data() + j * s.dv, s.dv, sums);
    }
}

ForwardPass::Sequence ForwardPass::normed_input(const FloatLayer& layer, const Sequence& y) const {
    Sequence x = y;
    if (is(layer.attention_norm, network::Norm::Placement::pre))
        for (std::size_t b = 0; b < blocks; ++b) normalise_block(*layer.attention_norm, block(x, b));
    return x;
}

void ForwardPass::step(std::size_t l, Sequence& y) const {
    const FloatLayer& layer = layers[l];
    if (layer.attends) {
        const Sequence x = normed_input(layer, y);
        if (!layer.attention_residual) std::fill(y.begin(), y.end(), 0.0);
        Block mean;
        for (const FloatHead& head : layer.heads) {
            const HeadState s = state(layer, head, x);
            mean.resize(s.dv * lanes);
            for (std::size_t b = 0; b < blocks; ++b) {
                for (std::size_t v = 0; v < s.dv; ++v)
                    for (std::size_t k = 0; k < lanes; ++k)
                        mean[v * lanes + k] = s.sums[(b * s.dv + v) * lanes + k] / s.totals[b * lanes + k];
                add_output(layer, head, b, mean.data(), block(y, b));
            }
        }
        for (std::size_t b = 0; is(layer.attention_norm, network::Norm::Placement::post) && b < blocks; ++b)
            normalise_block(*layer.attention_norm, block(y, b));
    }
    for (std::size_t b = 0; b < blocks; ++b) feed(layer, block(y, b));
}

std::optional<std::size_t> ForwardPass::keyless(const FloatLayer& layer, std::size_t b) const {
    const std::size_t edge = layer.mask == Mask::strict ? 0 : n - 1;
    if (edge / lanes != b || !sees_none(layer, edge)) return std::nullopt;
    return edge % lanes;
}

void ForwardPass::add_output(const FloatLayer& layer, const FloatHead& head, std::size_t b, const double* mean,
                             double* y) const {
    const std::optional<std::size_t> spared = keyless(layer, b);
    std::vector<double> kept;
    for (std::size_t c = 0; spared && c < d; ++c) kept.push_back(y[c * lanes + *spared]);
    accumulate(head.output, mean, y);
    for (std::size_t c = 0; spared && c < d; ++c) y[c * lanes + *spared] = kept[c];
}

}  // namespace attest::influence
