#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "attest/network/transformer.hpp"

// The semantics of softmax models once more, in doubles and in the plainest way: every position and coordinate at every
// layer, formulas as the text of the format has them. Nothing is shared with the evaluator but the data.

namespace attest::soft::tests {

using Doubles = std::vector<double>;

inline Doubles multiply(const exact::AffineMap& map, const Doubles& x) {
    Doubles y;
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        double sum = map.bias.empty() ? 0 : map.bias[r].get_d();
        for (const auto& [column, value] : map.weight.rows[r]) sum += value.get_d() * x[column];
        y.push_back(sum);
    }
    return y;
}

inline double value(const exact::Expression& e, const exact::Variables& at) { return e.enclose(at, 128).middle(); }

inline double naive_activate(const exact::Activation& f, double x) {
    using Kind = exact::Activation::Kind;
    const double pi = 3.14159265358979323846;
    switch (f.kind) {
        case Kind::relu: return x > 0 ? x : 0;
        case Kind::leaky_relu: return x > 0 ? x : f.slope.get_d() * x;
        case Kind::gelu: return x / 2 * (1 + std::erf(x / std::sqrt(2.0)));
        case Kind::gelu_tanh: return x / 2 * (1 + std::tanh(std::sqrt(2 / pi) * (x + 0.044715 * std::pow(x, 3))));
        case Kind::silu: return x / (1 + std::exp(-x));
        case Kind::tanh: return (std::exp(x) - std::exp(-x)) / (std::exp(x) + std::exp(-x));
        case Kind::sigmoid: return 1 / (1 + std::exp(-x));
    }
    return 0;
}

inline Doubles normed(const network::Norm& norm, Doubles v) {
    const auto d = static_cast<double>(v.size());
    double mean = 0, squares = 0;
    for (const double x : v) mean += x / d;
    if (norm.kind == network::Norm::Kind::rms) mean = 0;
    for (const double x : v) squares += (x - mean) * (x - mean) / d;
    for (std::size_t c = 0; c < v.size(); ++c)
        v[c] = (v[c] - mean) / std::sqrt(squares + norm.eps.get_d()) * norm.gain[c].get_d() + norm.bias[c].get_d();
    return v;
}

inline bool is(const std::optional<network::Norm>& norm, network::Norm::Placement placement) {
    return norm && norm->placement == placement;
}

/// Position from 1.
inline Doubles turned(const std::optional<network::Rotary>& rotary, std::int64_t position, Doubles x) {
    if (!rotary) return x;
    const std::size_t half = rotary->dims / 2;
    for (std::size_t t = 0; t < half; ++t) {
        const double angle =
            (static_cast<double>(position) - 1 + rotary->first.get_d()) / rotary->factor.get_d() *
            std::pow(rotary->base.get_d(), -2.0 * static_cast<double>(t) / static_cast<double>(rotary->dims));
        const bool by_halves = rotary->pairing == network::Rotary::Pairing::half;
        double& a = x[by_halves ? t : 2 * t];
        double& b = x[by_halves ? t + half : 2 * t + 1];
        const double before = a;
        a = before * std::cos(angle) - b * std::sin(angle);
        b = before * std::sin(angle) + b * std::cos(angle);
    }
    return x;
}

/// The Euclidean projection onto the simplex, its threshold by bisection.
inline Doubles projected(Doubles scores) {
    double low = -1e6, high = 1e6;
    for (int k = 0; k < 200; ++k) {
        const double middle = (low + high) / 2;
        double sum = 0;
        for (const double s : scores) sum += std::max(0.0, s - middle);
        (sum > 1 ? low : high) = middle;
    }
    for (double& s : scores) s = std::max(0.0, s - low);
    return scores;
}

inline void attend(const network::Attention& a, std::vector<Doubles>& y) {
    const auto n = static_cast<std::int64_t>(y.size());
    std::vector<Doubles> from = y, to = y;
    for (auto& v : from)
        if (is(a.norm, network::Norm::Placement::pre)) v = normed(*a.norm, v);
    for (std::int64_t i = 1; i <= n; ++i) {
        Doubles& z = to[static_cast<std::size_t>(i - 1)];
        if (!a.residual) z.assign(z.size(), 0);
        for (const network::Head& head : a.heads) {
            const network::Mask mask = head.mask ? *head.mask : a.mask;
            double total = 0;
            Doubles mean(head.value.outputs()), scores;
            std::vector<Doubles> values;
            for (std::int64_t j = 1; j <= n; ++j) {
                if (!network::allows(mask, i, j)) continue;
                double score = value(head.bias, {.i = i, .j = j, .n = n});
                if (head.query) {
                    const Doubles q = turned(a.rotary, i, multiply(*head.query, from[static_cast<std::size_t>(i - 1)]));
                    const Doubles k = turned(a.rotary, j, multiply(*head.key, from[static_cast<std::size_t>(j - 1)]));
                    const auto dk = static_cast<std::int64_t>(q.size());
                    for (std::size_t r = 0; r < q.size(); ++r)
                        score += value(a.scale, {.n = n, .dk = dk}) * q[r] * k[r];
                }
                const Doubles v = multiply(head.value, from[static_cast<std::size_t>(j - 1)]);
                scores.push_back(score);
                values.push_back(v);
            }
            if (scores.empty()) continue;
            for (double& s : scores) s = a.kind == network::AttentionKind::softmax ? std::exp(s) : s;
            if (a.kind == network::AttentionKind::sparsemax) scores = projected(scores);
            for (std::size_t k = 0; k < scores.size(); ++k) {
                total += scores[k];
                for (std::size_t r = 0; r < mean.size(); ++r) mean[r] += scores[k] * values[k][r];
            }
            for (double& x : mean) x /= total;
            const Doubles out = multiply(head.output, mean);
            for (std::size_t c = 0; c < z.size(); ++c) z[c] += out[c];
        }
        if (is(a.norm, network::Norm::Placement::post)) z = normed(*a.norm, z);
    }
    y = to;
}

inline Doubles fed(const network::FeedForward& f, const Doubles& y) {
    const Doubles input = is(f.norm, network::Norm::Placement::pre) ? normed(*f.norm, y) : y;
    Doubles x = multiply(f.maps[0], input);
    if (f.gate) {
        const Doubles gate = multiply(*f.gate, input);
        for (std::size_t r = 0; r < x.size(); ++r) x[r] *= naive_activate(f.activation, gate[r]);
    }
    for (std::size_t k = 1; k < f.maps.size(); ++k) {
        for (double& unit : x)
            if (!f.gate) unit = naive_activate(f.activation, unit);
        x = multiply(f.maps[k], x);
    }
    for (std::size_t c = 0; f.residual && c < x.size(); ++c) x[c] += y[c];
    return is(f.norm, network::Norm::Placement::post) ? normed(*f.norm, x) : x;
}

/// The logits of each vector that is read; one number each where there are no classes.
inline std::vector<Doubles> naive_logits(const network::Transformer& t, const language::Word& word) {
    std::vector<const exact::Vector*> symbols;
    if (t.begin) symbols.push_back(&t.begin_embedding);
    for (const language::Symbol s : word) symbols.push_back(&t.embedding[s]);
    if (t.end) symbols.push_back(&t.end_embedding);
    const auto n = static_cast<std::int64_t>(symbols.size());
    std::vector<Doubles> y;
    for (std::int64_t p = 1; p <= n; ++p) {
        Doubles& v = y.emplace_back();
        for (std::size_t c = 0; c < t.dimension; ++c) {
            v.push_back((*symbols[static_cast<std::size_t>(p - 1)])[c].get_d());
            if (!t.position.empty()) v[c] += value(t.position[c], {.i = p, .n = n});
            if (t.position_table)
                v[c] += t.position_table->rows[static_cast<std::size_t>(p - t.position_table->first)][c].get_d();
        }
        if (t.embedding_norm) v = normed(*t.embedding_norm, v);
    }
    for (const network::Layer& layer : t.layers)
        for (double k = layer.repeat ? value(*layer.repeat, {.n = n}) : 1; k > 0; k -= 1) {
            if (layer.attention) attend(*layer.attention, y);
            for (Doubles& v : y)
                if (layer.feedforward) v = fed(*layer.feedforward, v);
        }
    for (Doubles& v : y)
        if (t.final_norm) v = normed(*t.final_norm, v);
    std::vector<Doubles> read;
    using Reading = network::Readout::Reading;
    if (t.readout.reading == Reading::one)
        read = {y[static_cast<std::size_t>(t.readout.position > 0 ? t.readout.position - 1 : n + t.readout.position)]};
    if (t.readout.reading == Reading::each)
        for (std::size_t k = 0; k < word.size(); ++k) read.push_back(y[k + (t.begin ? 1 : 0)]);
    if (t.readout.pools()) {
        Doubles& sum = read.emplace_back(t.dimension);
        for (const Doubles& v : y)
            for (std::size_t c = 0; c < v.size(); ++c)
                sum[c] += v[c] / (t.readout.reading == Reading::mean ? static_cast<double>(n) : 1);
    }
    std::vector<Doubles> logits;
    for (const Doubles& v : read) {
        if (t.readout.classes) {
            logits.push_back(multiply(t.readout.classes->logits, v));
            continue;
        }
        double score = t.readout.bias_in_n ? value(*t.readout.bias_in_n, {.n = n}) : t.readout.bias.get_d();
        for (std::size_t c = 0; c < v.size(); ++c) score += t.readout.weight[c].get_d() * v[c];
        logits.push_back({score});
    }
    return logits;
}

}  // namespace attest::soft::tests
