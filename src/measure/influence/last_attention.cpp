// The last attention without its keys and values.
//
// Statement. From the last attention on only the readout position r counts. Its scores are σ q·(K x_j + k₀) = (σ Kᵀ
// q)·x_j + a constant, and a constant changes no weight; its mean is Σ w_j (V x_j + v₀) / Σ w_j = V (Σ w_j x_j) / Σ w_j
// + v₀. So one vector Kᵀ q gives all scores, and one weighted sum of vectors all values: O(n d) in place of O(n d (dk +
// dv)). Where x_j = y_j + M u_j + m₀, a residual and the last map of a feed-forward part, scores and sums are linear in
// u_j too, and M need not be applied at any position.
//
// Sums are formed block by block as they come: with a maximum so far, and a factor e^(old − new) for older sums when it
// rises.
//
// Source  the running maximum is of [milakov2018online]

#include "last_attention.hpp"

#include <algorithm>
#include <cmath>

namespace attest::influence {

LastAttention::LastAttention(const ForwardPass& net, std::size_t l, const double* own, const FloatMap* last_map)
    : net_(net), l_(l), last_map_(last_map) {
    if (l >= net.layers.size()) return;
    const FloatLayer& layer = net.layers[l];
    for (const FloatMap::Row& row : last_map != nullptr ? last_map->rows : std::vector<FloatMap::Row>())
        for (const std::uint32_t u : row.columns)
            while (units_.size() <= u) units_.push_back(static_cast<std::uint32_t>(units_.size()));
    for (const FloatHead& head : layer.heads) {
        Part& part = parts_.emplace_back();
        part.gathered.assign(net.d, 0);
        part.gathered_units.assign(units_.size(), 0);
        part.unit_direction.assign(units_.size(), 0);
        if (!head.query) continue;
        Block q(head.query->outputs() * lanes);
        apply(*head.query, own, q.data());
        part.direction.assign(net.d, 0);
        for (std::size_t r = 0; r < head.key->rows.size(); ++r)
            for (std::size_t e = 0; e < head.key->rows[r].columns.size(); ++e)
                part.direction[head.key->rows[r].columns[e]] +=
                    head.scale * q[r * lanes + net.readout_position % lanes] * head.key->rows[r].weights[e];
        for (std::uint32_t c = 0; c < net.d; ++c)
            if (part.direction[c] != 0) part.used.push_back(c);
        for (const std::uint32_t c :
             last_map != nullptr ? part.used : std::vector<std::uint32_t>())  // its constants shift all scores alike
            for (std::size_t e = 0; e < last_map->rows[c].columns.size(); ++e)
                part.unit_direction[last_map->rows[c].columns[e]] += part.direction[c] * last_map->rows[c].weights[e];
    }
}

std::optional<double> LastAttention::weigh(std::size_t h, std::size_t b, double* scores, double* e) {
    const FloatLayer& layer = net_.layers[l_];
    Part& part = parts_[h];
    double tops[lanes], top = part.top;
    for (std::size_t k = 0; k < lanes; ++k) {
        const std::size_t j = b * lanes + k;
        if (j >= net_.n ||
            !allows(layer.mask, static_cast<std::int64_t>(net_.readout_position), static_cast<std::int64_t>(j)))
            scores[k] = hidden;
        else if (!layer.heads[h].bias.empty()) scores[k] += layer.heads[h].bias[net_.readout_position * net_.n + j];
        top = std::max(top, scores[k]);
    }
    if (top <= hidden) return std::nullopt;
    std::fill(tops, tops + lanes, top);
    exponentials(scores, tops, e);
    const double keep = part.top == top ? 1 : part.top <= hidden ? 0 : std::exp(part.top - top);
    part.top = top;
    part.total = part.total * keep + sum(e);
    return keep;
}

void LastAttention::add(std::size_t b, const double* x) {
    double scores[lanes], e[lanes];
    for (std::size_t h = 0; h < parts_.size(); ++h) {
        Part& part = parts_[h];
        weigh_rows(part.direction.data(), part.used, x, scores);
        if (const auto keep = weigh(h, b, scores, e))
            gather(e, x, net_.layers[l_].heads[h].columns, *keep, part.gathered.data());
    }
}

void LastAttention::add_units(std::size_t b, const double* y, const double* u) {
    double scores[lanes], more[lanes], e[lanes];
    for (std::size_t h = 0; h < parts_.size(); ++h) {
        Part& part = parts_[h];
        std::fill(scores, scores + lanes, 0.0);
        if (y != nullptr) weigh_rows(part.direction.data(), part.used, y, scores);
        if (!part.used.empty()) {
            weigh_rows(part.unit_direction.data(), units_, u, more);
            for (std::size_t k = 0; k < lanes; ++k) scores[k] += more[k];
        }
        const auto keep = weigh(h, b, scores, e);
        if (!keep) continue;
        if (y != nullptr) gather(e, y, net_.layers[l_].heads[h].columns, *keep, part.gathered.data());
        gather(e, u, units_, *keep, part.gathered_units.data());
    }
}

std::vector<double> LastAttention::sums(const Part& part, const FloatHead& head) const {
    std::vector<double> result = part.gathered;
    if (last_map_ == nullptr) return result;
    for (const std::uint32_t c : head.columns) {
        const FloatMap::Row& row = last_map_->rows[c];
        result[c] += row.bias * part.total;
        for (std::size_t e = 0; e < row.columns.size(); ++e)
            result[c] += row.weights[e] * part.gathered_units[row.columns[e]];
    }
    return result;
}

double LastAttention::finish(const double* own) const {
    Block y(own, own + net_.d * lanes);
    const std::size_t k = net_.readout_position % lanes;
    for (std::size_t l = l_; l < net_.layers.size(); ++l) {
        const FloatLayer& layer = net_.layers[l];
        if (layer.attends) {
            if (!layer.attention_residual) std::fill(y.begin(), y.end(), 0.0);
            if (l == l_) add_heads(layer, y, k);
            if (is(layer.attention_norm, network::Norm::Placement::post))
                net_.normalise_block(*layer.attention_norm, y.data());
        }
        net_.feed(layer, y.data());
    }
    double logit = net_.readout_bias;
    for (std::size_t c = 0; c < net_.d; ++c) logit += net_.readout[c] * y[c * lanes + k];
    return logit;
}

void LastAttention::add_heads(const FloatLayer& layer, Block& y, std::size_t k) const {
    if (net_.sees_none(layer, net_.readout_position)) return;
    for (std::size_t h = 0; h < parts_.size(); ++h) {
        const FloatHead& head = layer.heads[h];
        const std::vector<double> gathered = sums(parts_[h], head);
        Block mean(head.value.outputs() * lanes);
        for (std::size_t r = 0; r < head.value.outputs(); ++r) {
            const FloatMap::Row& row = head.value.rows[r];
            double& v = mean[r * lanes + k] = row.bias;
            for (std::size_t e = 0; e < row.columns.size(); ++e)
                v += row.weights[e] * gathered[row.columns[e]] / parts_[h].total;
        }
        accumulate(head.output, mean.data(), y.data());
    }
}

double read(const ForwardPass& net, std::size_t l, const ForwardPass::Sequence& y) {
    const std::size_t rb = net.readout_position / lanes;
    if (l >= net.layers.size()) return LastAttention(net, l, net.block(y, rb)).finish(net.block(y, rb));
    const ForwardPass::Sequence x = net.normed_input(net.layers[l], y);
    LastAttention readout(net, l, net.block(x, rb));
    for (std::size_t b = 0; b < net.blocks; ++b) readout.add(b, net.block(x, b));
    return readout.finish(net.block(y, rb));
}

double logit(const ForwardPass& net, const language::Word& word) {
    ForwardPass::Sequence y = net.embed(word);
    const std::size_t last = net.attentions.empty() ? net.layers.size() : net.attentions.back();
    for (std::size_t l = 0; l < last; ++l) net.step(l, y);
    return read(net, last, y);
}

}  // namespace attest::influence
