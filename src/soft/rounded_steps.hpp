#pragma once

#include <algorithm>
#include <functional>
#include <optional>

#include "ball_layers.hpp"
#include "rounded_numbers.hpp"

// Parts of a network as a program in floating point computes them, each operation in its type, sums from left to right.

namespace attest::soft {

/// Turns query or key of a position, from 0, by its angles.
template <typename Number>
void turn(const std::optional<BallRotary>& rotary, std::size_t position, Numbers<Number>& x) {
    if (!rotary) return;
    for (const BallRotary::Turn& pair : rotary->turns[position]) {
        const Number a = x[pair.first], b = x[pair.second];
        const auto cosine = rounded<Number>(pair.cosine), sine = rounded<Number>(pair.sine);
        x[pair.first] = a * cosine - b * sine;
        x[pair.second] = a * sine + b * cosine;
    }
}

/// A vector normed, mean and variance in two passes.
template <typename Number>
Numbers<Number> normal(const network::Norm& norm, const Numbers<Number>& v) {
    const auto d = static_cast<Number>(v.size());
    Number mean = 0, variance = 0;
    if (norm.kind == network::Norm::Kind::layer) {
        for (const Number x : v) mean += x;
        mean /= d;
    }
    for (const Number x : v) variance += (x - mean) * (x - mean);
    variance /= d;
    const Number deviation = std::sqrt(variance + rounded<Number>(norm.eps));
    Numbers<Number> y(v.size());
    for (std::size_t c = 0; c < v.size(); ++c)
        y[c] = (v[c] - mean) / deviation * rounded<Number>(norm.gain[c]) + rounded<Number>(norm.bias[c]);
    return y;
}

/// Softmax: scores become e^(score − greatest); their sum.
template <typename Number>
Number exponentiate(Numbers<Number>& weights) {
    const Number greatest = *std::max_element(weights.begin(), weights.end());
    Number total = 0;
    for (Number& w : weights) total += w = std::exp(w - greatest);
    return total;
}

/// Sparsemax: scores become what of each is above the threshold; their sum, 1.
template <typename Number>
Number project(Numbers<Number>& weights) {
    Numbers<Number> falling = weights;
    std::sort(falling.begin(), falling.end(), std::greater<>());
    Number sum = 0, threshold = 0;
    for (std::size_t k = 0; k < falling.size(); ++k) {
        sum += falling[k];
        if (1 + static_cast<Number>(k + 1) * falling[k] > sum) threshold = (sum - 1) / static_cast<Number>(k + 1);
    }
    for (Number& w : weights) w = std::max(w - threshold, Number(0));
    return 1;
}

}  // namespace attest::soft
