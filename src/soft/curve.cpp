// Activations as lines.
//
// Statement. Let |f''| <= M on an interval that is cut into pieces of width h, and g(x) = f(x) - a x. Then g is on each piece
// within M h²/8 of the line through its values at the ends of the piece, so on the whole interval between the least and the
// greatest of these values, less and more M h²/8.
//
// M: gelu'' = φ(x) (2 - x²), greatest in size at 0, 2 φ(0) < 0.7979; gelu-tanh: as much at 0, less elsewhere, < 0.798; silu: 1/2;
// tanh: 4/(3 √3) < 0.77; sigmoid: 1/(6 √3) < 0.0963.
//
// Where the interval is wide, f is bounded besides: gelu, gelu-tanh and silu are max(0, x) less a number between 0 and 0.1701,
// 0.1701, 0.2785; tanh is between -1 and 1, sigmoid between 0 and 1. max(0, x) and leaky ReLU are two straight pieces: f(x) - a x is between its
// values at the ends and at 0.

#include "soft/curve.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attest::soft {

namespace {

double greatest_curvature(words::Curve curve) {
    switch (curve) {
        case words::Curve::leaky_relu: break;
        case words::Curve::gelu:
        case words::Curve::gelu_tanh: return 0.798;
        case words::Curve::silu: return 0.501;
        case words::Curve::tanh: return 0.77;
        case words::Curve::sigmoid: return 0.0963;
    }
    return INFINITY;
}

/// g + a x for numbers g between two, at most `lost` of which is rounding.
Line between(double least, double most, double a, double at, double lost) {
    return {(least + most) / 2 + a * at, a, ((most - least) / 2 + lost) * upwards};
}

/// max(0, x), where x < 0 times a slope, less a number between 0 and `dip`.
Line line_of_bent(double slope, double dip, double at, double lo, double hi) {
    const double a = hi <= 0 ? slope : lo >= 0 ? 1 : (hi - slope * lo) / (hi - lo);
    const auto rest = [&](double x) { return std::max(0.0, x) + slope * std::min(0.0, x) - a * x; };
    const double low = rest(lo), high = rest(hi), kink = rest(std::clamp(0.0, lo, hi));
    const double size = std::abs(lo) + std::abs(hi) + std::abs(at);
    return between(std::min({low, high, kink}) - dip, std::max({low, high, kink}), a, at, 0x1p-48 * (size + dip));
}

Line line_of_pieces(const words::FeedForward& part, double at, double lo, double hi) {
    constexpr int pieces = 16;
    const double width = hi - lo, size = std::abs(lo) + std::abs(hi);
    const double a = width > 0x1p-20 * (1 + size) ? (activate(part, hi).value - activate(part, lo).value) / width
                                                  : activate(part, lo / 2 + hi / 2).slope;
    double least = INFINITY, most = -INFINITY;
    for (int k = 0; k <= pieces; ++k) {
        const double x = k == pieces ? hi : std::min(hi, lo + width * k / pieces);
        const double rest = activate(part, x).value - a * x;
        least = std::min(least, rest), most = std::max(most, rest);
    }
    const double h = (width / pieces + 0x1p-48 * size) * upwards;
    const double bend = greatest_curvature(*part.curve) * h * h / 8;
    return between(least - bend, most + bend, a, at, 0x1p-44 * (1 + (1 + std::abs(a)) * (size + std::abs(at))));
}

Line line_of_wide(const words::FeedForward& part, double at, double lo, double hi) {
    if (!part.curve) return line_of_bent(0, 0, at, lo, hi);
    switch (*part.curve) {
        case words::Curve::leaky_relu: return line_of_bent(part.slope, 0, at, lo, hi);
        case words::Curve::gelu:
        case words::Curve::gelu_tanh: return line_of_bent(0, 0.1701, at, lo, hi);
        case words::Curve::silu: return line_of_bent(0, 0.2785, at, lo, hi);
        case words::Curve::tanh: return {0, 0, 1};
        case words::Curve::sigmoid: break;
    }
    return {0.5, 0, 0.5};
}

}  // namespace

ValueAndSlope activate(const words::FeedForward& part, double x) {
    if (!part.curve) return x > 0 ? ValueAndSlope{x, 1} : ValueAndSlope{0, 0};
    const auto logistic = [](double z) { return 1 / (1 + std::exp(-z)); };
    switch (*part.curve) {
        case words::Curve::leaky_relu: return x > 0 ? ValueAndSlope{x, 1} : ValueAndSlope{part.slope * x, part.slope};
        case words::Curve::gelu: {
            const double phi = std::erfc(-x / std::numbers::sqrt2) / 2;
            return {x * phi, phi + x * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi)};
        }
        case words::Curve::gelu_tanh: {
            const double root = std::sqrt(2 / std::numbers::pi), t = std::tanh(root * (x + 0.044715 * x * x * x));
            return {x / 2 * (1 + t), (1 + t) / 2 + x / 2 * (1 - t * t) * root * (1 + 3 * 0.044715 * x * x)};
        }
        case words::Curve::silu: {
            const double s = logistic(x);
            return {x * s, s * (1 + x * (1 - s))};
        }
        case words::Curve::tanh: {
            const double t = std::tanh(x);
            return {t, 1 - t * t};
        }
        case words::Curve::sigmoid: break;
    }
    const double s = logistic(x);
    return {s, s * (1 - s)};
}

Line line_of_curve(const words::FeedForward& part, double at, double lo, double hi) {
    const Line wide = line_of_wide(part, at, lo, hi);
    if (!part.curve || *part.curve == words::Curve::leaky_relu) return wide;
    const Line fine = line_of_pieces(part, at, lo, hi);
    return fine.error < wide.error ? fine : wide;
}

}  // namespace attest::soft
