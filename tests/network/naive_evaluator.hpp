#pragma once

#include <vector>

#include "attest/network/transformer.hpp"

// The semantics of the model format once more, in the plainest way: dense matrices, every position at every
// layer, one loop for each "for all" of the text. Nothing is shared with the evaluator but the data.

namespace attest::network::tests {

using Rational = exact::Rational;
using Dense = std::vector<std::vector<Rational>>;

inline std::vector<Rational> multiply(const exact::AffineMap& map, const std::vector<Rational>& x) {
    Dense w(map.outputs(), std::vector<Rational>(map.inputs()));
    for (std::size_t r = 0; r < map.outputs(); ++r)
        for (const auto& [column, value] : map.weight.rows[r]) w[r][column] = value;
    std::vector<Rational> y;
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        Rational sum = map.bias.empty() ? Rational(0) : map.bias[r];
        for (std::size_t c = 0; c < map.inputs(); ++c) sum += w[r][c] * x[c];
        y.push_back(sum);
    }
    return y;
}

/// What a head adds at position i, and where it looked.
struct NaiveHead {
    std::vector<Rational> output;
    std::vector<std::int64_t> chosen;
};

inline NaiveHead naive_head(const Attention& a, const Head& head, const Dense& y, std::int64_t i, std::size_t d) {
    const auto n = static_cast<std::int64_t>(y.size());
    const auto seen = [&](std::int64_t j) {
        if (a.mask == Mask::causal) return j <= i;
        if (a.mask == Mask::strict) return j < i;
        if (a.mask == Mask::future) return j >= i;
        if (a.mask == Mask::strict_future) return j > i;
        return true;
    };
    const auto score = [&](std::int64_t j) {
        Rational product = 0;
        if (head.query) {
            const auto q = multiply(*head.query, y[static_cast<std::size_t>(i - 1)]),
                       k = multiply(*head.key, y[static_cast<std::size_t>(j - 1)]);
            for (std::size_t c = 0; c < q.size(); ++c) product += q[c] * k[c];
        }
        const auto dk = static_cast<std::int64_t>(head.query ? head.query->outputs() : 0);
        return Rational(a.scale.evaluate({.n = n, .dk = dk}) * product + head.bias.evaluate({.i = i, .j = j, .n = n}));
    };
    std::vector<std::int64_t> best;
    for (std::int64_t j = 1; j <= n; ++j) {
        bool greatest = seen(j);
        for (std::int64_t k = 1; k <= n; ++k)
            if (seen(k) && seen(j) && score(k) > score(j)) greatest = false;
        if (greatest) best.push_back(j);
    }
    NaiveHead result{std::vector<Rational>(d), {}};
    if (best.empty()) return result;
    if (a.kind == AttentionKind::hard) best = {a.tie == Tie::left ? best.front() : best.back()};
    std::vector<Rational> mean(head.value.outputs());
    for (const std::int64_t j : best) {
        const auto value = multiply(head.value, y[static_cast<std::size_t>(j - 1)]);
        for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += value[c] / static_cast<long>(best.size());
    }
    return {multiply(head.output, mean), best};
}

/// The activations after each layer: [boundary][position][d].
inline std::vector<Dense> naive_activations(const Transformer& t, const language::Word& word) {
    Dense y;
    if (t.begin) y.push_back(t.begin_embedding);
    for (const language::Symbol s : word) y.push_back(t.embedding[s]);
    if (t.end) y.push_back(t.end_embedding);
    const auto n = static_cast<std::int64_t>(y.size());
    for (std::size_t p = 0; p < y.size() && !t.position.empty(); ++p)
        for (std::size_t c = 0; c < t.dimension; ++c)
            y[p][c] += t.position[c].evaluate({.i = static_cast<std::int64_t>(p) + 1, .n = n});
    std::vector<Dense> all = {y};
    for (const Layer& layer : t.layers) {
        if (layer.attention) {
            Dense next = y;
            for (std::size_t p = 0; p < y.size(); ++p)
                for (std::size_t c = 0; c < t.dimension; ++c) {
                    if (!layer.attention->residual) next[p][c] = 0;
                    for (const Head& head : layer.attention->heads)
                        next[p][c] +=
                            naive_head(*layer.attention, head, y, static_cast<std::int64_t>(p) + 1, t.dimension)
                                .output[c];
                }
            y = next;
        }
        if (layer.feedforward)
            for (auto& vector : y) {
                std::vector<Rational> x = vector;
                for (std::size_t k = 0; k < layer.feedforward->maps.size(); ++k) {
                    x = multiply(layer.feedforward->maps[k], x);
                    if (k + 1 < layer.feedforward->maps.size())
                        for (Rational& value : x) value = value > 0 ? value : Rational(0);
                }
                for (std::size_t c = 0; c < t.dimension; ++c)
                    vector[c] = x[c] + (layer.feedforward->residual ? vector[c] : Rational(0));
            }
        all.push_back(y);
    }
    return all;
}

inline Rational naive_score(const Transformer& t, const language::Word& word) {
    const Dense last = naive_activations(t, word).back();
    const auto n = static_cast<std::int64_t>(last.size());
    const std::int64_t p = t.readout.position > 0 ? t.readout.position : n + 1 + t.readout.position;
    Rational score = t.readout.bias;
    for (std::size_t c = 0; c < t.dimension; ++c)
        score += t.readout.weight[c] * last[static_cast<std::size_t>(p - 1)][c];
    return score;
}

}  // namespace attest::network::tests
