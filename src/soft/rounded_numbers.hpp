#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "attest/exact/activation.hpp"
#include "attest/exact/affine.hpp"

// Numbers of a floating-point type, each operation in that type.

namespace attest::soft {

/// The number of the type that is nearest to the middle of a ball, which is narrow.
template <typename Number>
Number rounded(const exact::Ball& x) {
    constexpr long digits = std::numeric_limits<Number>::digits;
    arf_t nearest;
    arf_init(nearest);
    arf_set_round(nearest, arb_midref(x.raw()), digits, ARF_RND_NEAR);
    const auto result = static_cast<Number>(arf_get_d(nearest, ARF_RND_NEAR));
    arf_clear(nearest);
    return result;
}

template <typename Number>
Number rounded(const exact::Rational& x) {
    return rounded<Number>(exact::Ball(x, 256));
}

template <typename Number>
using Numbers = std::vector<Number>;

template <typename Number>
Numbers<Number> all_rounded(const exact::BallVector& numbers) {
    Numbers<Number> result;
    for (const exact::Ball& x : numbers) result.push_back(rounded<Number>(x));
    return result;
}

/// The activation as a program computes it, each operation in its type.
template <typename Number>
Number activated(const exact::Activation& activation, Number x) {
    using Kind = exact::Activation::Kind;
    switch (activation.kind) {
        case Kind::relu: return std::max(x, Number(0));
        case Kind::leaky_relu: return x >= 0 ? x : rounded<Number>(activation.slope) * x;
        case Kind::gelu: return x / 2 * (1 + std::erf(x * std::sqrt(Number(0.5))));
        case Kind::gelu_tanh: {
            const Number root = std::sqrt(2 / std::acos(Number(-1)));
            return x / 2 * (1 + std::tanh(root * (x + Number(0.044715) * x * x * x)));
        }
        case Kind::silu: return x / (1 + std::exp(-x));
        case Kind::tanh: return std::tanh(x);
        case Kind::sigmoid: return 1 / (1 + std::exp(-x));
    }
    return x;
}

template <typename Number>
using RoundedMap = exact::Affine<Number>;

template <typename Number>
RoundedMap<Number> rounded_map(const exact::AffineMap& map) {
    return {map, [](const exact::Rational& x) { return rounded<Number>(x); }};
}

/// Sums from left to right, the bias last.
template <typename Number>
Numbers<Number> apply_rounded(const RoundedMap<Number>& map, const Numbers<Number>& x) {
    Numbers<Number> y(map.outputs());
    for (std::size_t r = 0; r < y.size(); ++r) {
        map.accumulate(r, x, y[r]);
        y[r] += map.row(r).bias;
    }
    return y;
}

}  // namespace attest::soft
