#include "checker/soft/activation.hpp"

// relu, leaky-relu, tanh and sigmoid rise, so the values at the ends bound those between. gelu, gelu-tanh and silu fall and
// then rise, but all have the form f(x) = x s(x) with s rising from 0 to 1, and f' = s + x s'. So f(X) is in
//   X s(X)                        (each factor enclosed), and in
//   f(c) + f'(X) (X - c), c in X  (mean value theorem),
// and what is in both holds f(X). The first is good where X is wide, wherever the minimum lies, which need not be known;
// the second where X is narrow, as it is when words are evaluated: there it is as wide as f' X, and no dependence between
// the two x is lost. s and s' are
//   gelu       Φ(x) = erfc(-x / √2) / 2             exp(-x² / 2) / √(2π)
//   silu       σ(x) = 1 / (1 + e^-x)                σ (1 - σ)
//   gelu-tanh  σ(2u), u = √(2/π) (x + 0.044715 x³)  σ (1 - σ) 2 √(2/π) (1 + 3 · 0.044715 x²)
// the last since (1 + tanh u) / 2 = σ(2u). erfc and not erf stands in Φ so that nothing cancels for x far below 0.

namespace attest::checker {
namespace {

Interval number(long value, const Interval& like) { return Interval(Rational(value), like.bits()); }

/// x² has no negative numbers.
Interval square(const Interval& x) { return max(x * x, number(0, x)); }

/// Rising: the ends give the ends.
Interval sigmoid(const Interval& x) {
    const Interval one = number(1, x);
    return hull(one / (one + exp(-x.bottom())), one / (one + exp(-x.top())));
}

/// s and s' on an interval.
struct Gate {
    Interval value;
    Interval slope;
};

Gate gate_of_gelu(const Interval& x) {
    const Interval two = number(2, x);
    const Interval density = exp(-square(x) / two) / sqrt(two * Interval::pi(x.bits()));
    return {erfc(-x / sqrt(two)) / two, density};
}

Gate gate_of_silu(const Interval& x) {
    const Interval s = sigmoid(x);
    return {s, s * (number(1, x) - s)};
}

Gate gate_of_gelu_tanh(const Interval& x) {
    const Interval twice = number(2, x) * sqrt(number(2, x) / Interval::pi(x.bits()));
    const Interval cubic(Rational(44715, 1'000'000), x.bits());
    const auto u = [&](const Interval& at) { return twice * (at + cubic * at * at * at); };
    const Interval s = sigmoid(hull(u(x.bottom()), u(x.top())));  // u rises
    return {s, s * (number(1, x) - s) * twice * (number(1, x) + number(3, x) * cubic * square(x))};
}

Interval gated(const Interval& x, Gate (*gate_at)(const Interval&)) {
    if (!x.is_finite()) return Interval::entire(x.bits());
    const Interval c = x.bottom();
    const Gate over = gate_at(x);
    const Interval tangent = c * gate_at(c).value + (over.value + x * over.slope) * (x - c);
    return common(x * over.value, tangent);
}

}  // namespace

Interval activation_of(ActivationFunction activation, const Interval& x, const Interval& slope) {
    switch (activation) {
        case ActivationFunction::relu: return max(x, number(0, x));
        case ActivationFunction::leaky_relu: return max(x, slope * x);
        case ActivationFunction::gelu: return gated(x, gate_of_gelu);
        case ActivationFunction::gelu_tanh: return gated(x, gate_of_gelu_tanh);
        case ActivationFunction::silu: return gated(x, gate_of_silu);
        case ActivationFunction::tanh: return tanh(x);
        case ActivationFunction::sigmoid: return sigmoid(x);
    }
    return Interval::entire(x.bits());
}

}  // namespace attest::checker
