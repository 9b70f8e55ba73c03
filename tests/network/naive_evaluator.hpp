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

/// The projection of the scores onto the simplex, by trying each threshold that leaves the greatest so many: its weights
/// are right iff exactly these lie above it.
inline std::vector<Rational> naive_sparsemax(const std::vector<Rational>& scores) {
    for (const Rational& least : scores) {
        Rational sum = 0;
        long count = 0;
        for (const Rational& s : scores)
            if (s >= least) sum += s, ++count;
        const Rational threshold = (sum - 1) / count;
        bool right = true;
        for (const Rational& s : scores) right = right && (s >= least) == (s > threshold);
        if (!right) continue;
        std::vector<Rational> weights;
        for (const Rational& s : scores) weights.push_back(s > threshold ? Rational(s - threshold) : Rational(0));
        return weights;
    }
    return {};
}

inline NaiveHead naive_head(const Attention& a, const Head& head, const Dense& y, std::int64_t i, std::size_t d) {
    const auto n = static_cast<std::int64_t>(y.size());
    const Mask mask = head.mask ? *head.mask : a.mask;
    const Tie tie = head.tie ? *head.tie : a.tie;
    const auto seen = [&](std::int64_t j) {
        if (mask == Mask::causal) return j <= i;
        if (mask == Mask::strict) return j < i;
        if (mask == Mask::future) return j >= i;
        if (mask == Mask::strict_future) return j > i;
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
    std::vector<Rational> mean(head.value.outputs());
    if (a.kind == AttentionKind::sparsemax) {
        std::vector<Rational> scores;
        std::vector<std::int64_t> all, chosen;
        for (std::int64_t j = 1; j <= n; ++j)
            if (seen(j)) scores.push_back(score(j)), all.push_back(j);
        const std::vector<Rational> weights = naive_sparsemax(scores);
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (weights[k] > 0) chosen.push_back(all[k]);
            const auto value = multiply(head.value, y[static_cast<std::size_t>(all[k] - 1)]);
            for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += weights[k] * value[c];
        }
        return {multiply(head.output, mean), chosen};
    }
    if (a.kind == AttentionKind::hard) best = {tie == Tie::left ? best.front() : best.back()};
    for (const std::int64_t j : best) {
        const auto value = multiply(head.value, y[static_cast<std::size_t>(j - 1)]);
        for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += value[c] / static_cast<long>(best.size());
    }
    return {multiply(head.output, mean), best};
}

/// The layers of a run on n positions.
inline std::vector<Layer> naive_layers(const Transformer& t, std::int64_t n) {
    std::vector<Layer> layers;
    for (const Layer& layer : t.layers)
        for (Rational k = layer.repeat ? layer.repeat->evaluate({.n = n}) : Rational(1); k > 0; k -= 1)
            layers.push_back(layer);
    return layers;
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
    for (std::size_t p = 0; p < y.size() && t.position_table; ++p)
        for (std::size_t c = 0; c < t.dimension; ++c)
            y[p][c] += t.position_table->rows.at(
                static_cast<std::size_t>(static_cast<std::int64_t>(p) + 1 - t.position_table->first))[c];
    std::vector<Dense> all = {y};
    for (const Layer& layer : naive_layers(t, n)) {
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
                        for (Rational& value : x)
                            value = value > 0 ? value : Rational(layer.feedforward->activation.slope * value);
                }
                for (std::size_t c = 0; c < t.dimension; ++c)
                    vector[c] = x[c] + (layer.feedforward->residual ? vector[c] : Rational(0));
            }
        all.push_back(y);
    }
    return all;
}

/// The logits of each vector that is read.
inline Dense naive_logits(const Transformer& t, const language::Word& word) {
    const Dense last = naive_activations(t, word).back();
    const auto n = static_cast<std::int64_t>(last.size());
    Dense read;
    const auto begin = static_cast<std::size_t>(t.begin ? 1 : 0);
    std::vector<Rational> sum(t.dimension);
    switch (t.readout.reading) {
        case Readout::Reading::one: {
            const std::int64_t p = t.readout.position > 0 ? t.readout.position : n + 1 + t.readout.position;
            read = {last[static_cast<std::size_t>(p - 1)]};
            break;
        }
        case Readout::Reading::each:
            for (std::size_t k = 0; k < word.size(); ++k) read.push_back(last[begin + k]);
            break;
        default:
            for (const auto& vector : last)
                for (std::size_t c = 0; c < t.dimension; ++c)
                    sum[c] += vector[c] / (t.readout.reading == Readout::Reading::mean ? static_cast<long>(n) : 1);
            read = {sum};
    }
    Dense logits;
    for (const auto& vector : read) {
        if (t.readout.classes) {
            logits.push_back(multiply(t.readout.classes->logits, vector));
            continue;
        }
        Rational score = t.readout.bias_in_n ? t.readout.bias_in_n->evaluate({.n = n}) : t.readout.bias;
        for (std::size_t c = 0; c < t.dimension; ++c) score += t.readout.weight[c] * vector[c];
        logits.push_back({score});
    }
    return logits;
}

/// The class of each vector that is read.
inline std::vector<std::size_t> naive_classes(const Transformer& t, const language::Word& word) {
    std::vector<std::size_t> classes;
    for (const auto& logits : naive_logits(t, word)) {
        std::size_t best = 0;
        for (std::size_t c = 1; c < logits.size(); ++c)
            if (logits[c] > logits[best]) best = c;
        classes.push_back(best);
    }
    return classes;
}

inline Rational naive_score(const Transformer& t, const language::Word& word) { return naive_logits(t, word)[0][0]; }

inline bool naive_accepts(const Transformer& t, const language::Word& word) {
    if (t.readout.classes) return t.readout.classes->accept[naive_classes(t, word)[0]];
    return naive_score(t, word) > 0;
}

}  // namespace attest::network::tests
