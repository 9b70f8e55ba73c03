#include "attest/exact/activation.hpp"

#include <array>
#include <cmath>
#include <optional>

// Why gelu, gelu-tanh and silu fall and then rise. All are x s(v(x)) where s rises from 0 to 1.
//   gelu       f' = Φ + x φ, f'' = (2 − x²) φ: f' falls from 0 until −√2, rises until √2, where it is above 1, and then
//              falls to 1. So it has one zero.
//   silu       s = 1/(1 + e^−v) with v = x: f' = s (1 + x v' (1 − s)) is 0 iff −x v' = 1 + e^v. For x < 0 the left side
//              falls (x v' rises), the right side rises; for x ≥ 0 there is no solution. So it has one zero.
//   gelu-tanh  the same with v = √(8/π) (x + 0.044715 x³), whose x v' rises for x < 0, too.
// Where the zero is and what the function is there was computed to 20 digits (mpmath) and is held against balls by the
// tests; here each is rounded outwards by far more than the error.

namespace attest::exact {

namespace {

using Kind = Activation::Kind;

/// Where a function has its least value: the place lies in [from, to], the value is above `value`.
struct Least {
    double from, to, value;
};

std::optional<Least> least_of(Kind kind) {
    switch (kind) {
        case Kind::gelu: return Least{-0.7517915247, -0.7517915246, -0.16997120749};
        case Kind::gelu_tanh: return Least{-0.7524614221, -0.7524614220, -0.17004075058};
        case Kind::silu: return Least{-1.2784645428, -1.2784645427, -0.27846454277};
        default: return std::nullopt;
    }
}

Ball sigmoid(const Ball& x) { return Ball(1) / (Ball(1) + exp(-x)); }

/// √(8/π) (x + 0.044715 x³), twice what stands under tanh: 1 + tanh(u) = 2 / (1 + e^(−2u)).
Ball inside_tanh(const Ball& x) {
    const Ball cubic(Rational(44715, 1000000), x.bits());
    const Ball root = sqrt(Ball(8) / Ball::pi(std::max(x.bits(), Ball::least_bits)));
    return root * (x + cubic * x * x * x);
}

Ball gelu(const Ball& x) {
    const Ball two(Rational(2), std::max(x.bits(), Ball::least_bits));
    return x / two * erfc(-x / sqrt(two));  // 1 + erf(y) = erfc(−y) loses nothing where it is small
}

Interval at(const Activation& activation, double x) {
    return to_interval(activate(activation, Ball(Rational(x), Ball::least_bits)));
}

/// The value at one end; beyond all doubles the limit.
Interval at_end(const Activation& activation, double x) {
    if (std::isfinite(x)) return at(activation, x);
    const bool rises = x > 0;
    switch (activation.kind) {
        case Kind::tanh: return rises ? Interval{1, 1} : Interval{-1, -1};
        case Kind::sigmoid: return rises ? Interval{1, 1} : Interval{0, 0};
        default: return rises ? Interval{infinity, infinity} : Interval{0, 0};
    }
}

Interval leaky(const Activation& activation, Interval x) {
    const Interval slope = to_interval(activation.slope);
    const Interval negative = slope * Interval{std::min(x.lo, 0.0), std::min(x.hi, 0.0)};
    if (x.hi <= 0) return negative;
    if (x.lo >= 0) return x;
    return hull(negative, {0, x.hi});
}

}  // namespace

const char* to_string(Kind kind) {
    static constexpr std::array<const char*, 7> names = {"relu", "leaky-relu", "gelu",   "gelu-tanh",
                                                         "silu", "tanh",       "sigmoid"};
    return names[static_cast<std::size_t>(kind)];
}

Rational activate(const Activation& activation, const Rational& x) {
    if (x >= 0) return x;
    return activation.kind == Kind::leaky_relu ? Rational(activation.slope * x) : Rational(0);
}

Ball activate(const Activation& activation, const Ball& x) {
    switch (activation.kind) {
        case Kind::relu:
        case Kind::leaky_relu: {
            const Sign sign = x.sign();
            if (sign == Sign::positive) return x;
            const Ball slope(activation.slope, std::max(x.bits(), Ball::least_bits));
            const bool leaky = activation.kind == Kind::leaky_relu;
            if (sign != Sign::unknown) return leaky ? slope * x : Ball(0);
            return leaky ? max(x, 0) + slope * min(x, 0) : max(x, 0);
        }
        case Kind::gelu: return gelu(x);
        case Kind::gelu_tanh: return x * sigmoid(inside_tanh(x));
        case Kind::silu: return x * sigmoid(x);
        case Kind::tanh: return tanh(x);
        case Kind::sigmoid: return sigmoid(x);
    }
    return x;
}

Interval activate(const Activation& activation, Interval x) {
    if (std::isnan(x.lo) || std::isnan(x.hi)) return everything;
    if (activation.kind == Kind::relu) return rectify(x);
    if (activation.kind == Kind::leaky_relu) return leaky(activation, x);
    const Interval low = at_end(activation, x.lo), high = x.is_point() ? low : at_end(activation, x.hi);
    const std::optional<Least> least = least_of(activation.kind);
    if (!least) {
        const Interval range = activation.kind == Kind::tanh ? Interval{-1, 1} : Interval{0, 1};
        return intersect({low.lo, high.hi}, range);
    }
    Interval values = hull(low, high);
    if (x.lo <= least->to && x.hi >= least->from) values.lo = std::min(values.lo, least->value);
    values.lo = std::max(values.lo, least->value);
    return values;
}

double activate(const Activation& activation, double x) {
    switch (activation.kind) {
        case Kind::relu: return std::max(0.0, x);
        case Kind::leaky_relu: return x >= 0 ? x : activation.slope.get_d() * x;
        case Kind::gelu: return x / 2 * std::erfc(-x * std::sqrt(0.5));
        case Kind::gelu_tanh:
            return x / 2 * (1 + std::tanh(std::sqrt(2 / std::acos(-1.0)) * (x + 0.044715 * x * x * x)));
        case Kind::silu: return x / (1 + std::exp(-x));
        case Kind::tanh: return std::tanh(x);
        case Kind::sigmoid: return 1 / (1 + std::exp(-x));
    }
    return x;
}

double lipschitz(const Activation& activation) {
    switch (activation.kind) {
        case Kind::relu:
        case Kind::tanh: return 1;
        case Kind::leaky_relu: return std::max(1.0, to_interval(activation.slope).magnitude());
        case Kind::gelu: return 1.12891;
        case Kind::gelu_tanh: return 1.129;
        case Kind::silu: return 1.09984;
        case Kind::sigmoid: return 0.25;
    }
    return infinity;
}

}  // namespace attest::exact
