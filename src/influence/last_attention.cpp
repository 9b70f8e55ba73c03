#include "last_attention.hpp"

#include <algorithm>
#include <cmath>

namespace attest::influence {

LastAttention::LastAttention(const ForwardPass& net, std::size_t l, const double* own) : net_(net), l_(l) {
    if (l >= net.layers.size()) return;
    const FloatLayer& layer = net.layers[l];
    for (const FloatHead& head : layer.heads) {
        Part& part = parts_.emplace_back();
        part.gathered.assign(net.d, 0);
        if (!head.query) continue;
        Block q(head.query->outputs() * lanes);
        apply(*head.query, own, q.data());
        part.direction.assign(net.d, 0);
        for (std::size_t r = 0; r < head.key->rows.size(); ++r)
            for (std::size_t e = 0; e < head.key->rows[r].columns.size(); ++e)
                part.direction[head.key->rows[r].columns[e]] += head.scale * q[r * lanes + net.reader % lanes] * head.key->rows[r].weights[e];
        for (std::uint32_t c = 0; c < net.d; ++c)
            if (part.direction[c] != 0) part.used.push_back(c);
    }
}

void LastAttention::add(std::size_t b, const double* x) {
    const FloatLayer& layer = net_.layers[l_];
    double scores[lanes], tops[lanes], e[lanes];
    for (std::size_t h = 0; h < parts_.size(); ++h) {
        Part& part = parts_[h];
        weigh_rows(part.direction.data(), part.used, x, scores);
        double top = part.top;
        for (std::size_t k = 0; k < lanes; ++k) {
            const std::size_t j = b * lanes + k;
            if (j >= net_.n || !allows(layer.mask, static_cast<std::int64_t>(net_.reader), static_cast<std::int64_t>(j))) scores[k] = hidden;
            else if (!layer.heads[h].bias.empty()) scores[k] += layer.heads[h].bias[net_.reader * net_.n + j];
            top = std::max(top, scores[k]);
        }
        if (top <= hidden) continue;
        std::fill(tops, tops + lanes, top);
        exponentials(scores, tops, e);
        const double keep = part.top == top ? 1 : part.top <= hidden ? 0 : std::exp(part.top - top);
        part.top = top;
        part.total = part.total * keep + sum(e);
        gather(e, x, layer.heads[h].columns, keep, part.gathered.data());
    }
}

double LastAttention::finish(const double* own) const {
    Block y(own, own + net_.d * lanes);
    const std::size_t k = net_.reader % lanes;
    for (std::size_t l = l_; l < net_.layers.size(); ++l) {
        const FloatLayer& layer = net_.layers[l];
        if (layer.attends) {
            if (!layer.attention_residual) std::fill(y.begin(), y.end(), 0.0);
            if (l == l_) add_heads(layer, y, k);
            if (is(layer.attention_norm, model::Norm::Placement::post)) net_.normalise_block(*layer.attention_norm, y.data());
        }
        net_.feed(layer, y.data());
    }
    double logit = net_.readout_bias;
    for (std::size_t c = 0; c < net_.d; ++c) logit += net_.readout[c] * y[c * lanes + k];
    return logit;
}

void LastAttention::add_heads(const FloatLayer& layer, Block& y, std::size_t k) const {
    if (net_.blind(layer, net_.reader)) return;
    for (std::size_t h = 0; h < parts_.size(); ++h) {
        const FloatHead& head = layer.heads[h];
        Block mean(head.value.outputs() * lanes);
        for (std::size_t r = 0; r < head.value.outputs(); ++r) {
            const FloatMap::Row& row = head.value.rows[r];
            double& v = mean[r * lanes + k] = row.bias;
            for (std::size_t e = 0; e < row.columns.size(); ++e) v += row.weights[e] * parts_[h].gathered[row.columns[e]] / parts_[h].total;
        }
        accumulate(head.output, mean.data(), y.data());
    }
}

double read(const ForwardPass& net, std::size_t l, const ForwardPass::Sequence& y) {
    const std::size_t rb = net.reader / lanes;
    if (l >= net.layers.size()) return LastAttention(net, l, net.block(y, rb)).finish(net.block(y, rb));
    const ForwardPass::Sequence x = net.normed_input(net.layers[l], y);
    LastAttention reader(net, l, net.block(x, rb));
    for (std::size_t b = 0; b < net.blocks; ++b) reader.add(b, net.block(x, b));
    return reader.finish(net.block(y, rb));
}

double logit(const ForwardPass& net, const language::Word& word) {
    ForwardPass::Sequence y = net.embed(word);
    const std::size_t last = net.attentions.empty() ? net.layers.size() : net.attentions.back();
    for (std::size_t l = 0; l < last; ++l) net.step(l, y);
    return read(net, last, y);
}

}  // namespace attest::influence
