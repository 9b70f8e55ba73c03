#include "checker/soft/curve_line.hpp"

#include <algorithm>

#include "checker/soft/activation.hpp"

// Whatever the number a, f(x) = a x + (f(x) - a x), and what is left is bounded:
// - relu and leaky-relu are straight on both sides of 0: what is left is between its values at the ends and, where it is inside, at 0.
// - A function with |f''| <= M: on a piece of width h it is at most M h² / 8 from its chord, so what is left is at most so much
//   beyond its values at the ends of the pieces. M: that of gelu is 2 φ(0) = √(2/π) < 4/5, since f'' = φ(x) (2 - x²); of gelu-tanh as well;
//   of silu 1/2; of tanh 4 / (3 √3) < 4/5; of sigmoid 1 / (6 √3) < 1/10.
// - gelu, gelu-tanh and silu are at most max(0, x), and at least that less 0.1701, 0.1701 and 0.28, where x s(x) has its minimum; tanh and
//   sigmoid have values within 1 of 0, and within 1/2 of 1/2.

namespace attest::checker {
namespace {

/// What f(x) - a x can be.
struct Rest {
    double least = HUGE_VAL, most = -HUGE_VAL;

    void hold(const Near& value) {
        const double room = value.error * (1 + 0x1p-40) + 0x1p-52 * std::abs(value.value);
        least = std::min(least, value.value - room), most = std::max(most, value.value + room);
    }
    NearLine line(double a, double at) const {
        const double middle = least / 2 + most / 2;
        const Near value = Near{middle, 0} + Near{a, 0} * Near{at, 0};
        const double half = std::max(most - middle, middle - least);
        return {value.value, a, (half + value.error + 0x1p-50 * (std::abs(least) + std::abs(most))) * (1 + 0x1p-40)};
    }
};

/// x above 0, s x below, less a number between 0 and `dip`.
NearLine line_of_kink(const Near& s, double dip, double at, double low, double high) {
    const double a = low >= 0 ? 1 : high <= 0 ? s.value : (high - s.value * low) / (high - low);
    Rest rest;
    for (const double x : {low, high, std::min(std::max(0.0, low), high)}) {
        const Near straight = Near{a, 0} * Near{x, 0}, value = x < 0 ? s * Near{x, 0} : Near{x, 0};
        rest.hold(value - straight);
    }
    rest.least -= dip * (1 + 0x1p-40);
    return rest.line(a, at);
}

double most_curvature(ActivationFunction activation) {
    switch (activation) {
        case ActivationFunction::gelu:
        case ActivationFunction::gelu_tanh:
        case ActivationFunction::tanh: return 0.8;
        case ActivationFunction::silu: return 0.502;
        case ActivationFunction::sigmoid: return 0.1;
        default: return HUGE_VAL;
    }
}

NearLine line_in_pieces(ActivationFunction activation, double at, double low, double high) {
    constexpr unsigned pieces = curve_values - 3;
    constexpr mpfr_prec_t bits = 64;
    const auto value = [&](double x) {
        return near(activation_of(activation, Interval(Rational(x), bits), Interval(Rational(0), bits)));
    };
    const double width = high - low, ends = std::abs(low) + std::abs(high);
    // Where the ends do not tell the slope, it is that of a piece around them.
    const double reach = std::max(width, 0x1p-16 * (1 + ends)), centre = low / 2 + high / 2;
    const double a = (value(centre + reach / 2).value - value(centre - reach / 2).value) / reach;
    Rest rest;
    for (unsigned k = 0; k <= pieces; ++k) {
        const double x = k == pieces ? high : std::min(high, low + width * (k / static_cast<double>(pieces)));
        rest.hold(value(x) - Near{a, 0} * Near{x, 0});
    }
    const double h = (width / pieces + 0x1p-50 * ends) * (1 + 0x1p-40);
    const double bend = most_curvature(activation) * h * h / 8 * (1 + 0x1p-40);
    rest.least -= bend, rest.most += bend;
    return rest.line(a, at);
}

}  // namespace

NearLine line_of_activation(ActivationFunction activation, const Near& slope, double at, double low, double high) {
    constexpr double far = 0x1p8;  // where the pieces would be too wide to help
    NearLine wide{0.5, 0, 0.5 * (1 + 0x1p-40)};
    switch (activation) {
        case ActivationFunction::relu: return line_of_kink({}, 0, at, low, high);
        case ActivationFunction::leaky_relu: return line_of_kink(slope, 0, at, low, high);
        case ActivationFunction::tanh: wide = {0, 0, 1 + 0x1p-40}; break;
        case ActivationFunction::sigmoid: break;
        default: wide = line_of_kink({}, activation == ActivationFunction::silu ? 0.28 : 0.1701, at, low, high);
    }
    if (high - low > far || low < -far || high > far) return wide;
    const NearLine fine = line_in_pieces(activation, at, low, high);
    return fine.error < wide.error ? fine : wide;
}

}  // namespace attest::checker
