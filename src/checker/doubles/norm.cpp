#include "checker/doubles/norm.hpp"

#include <algorithm>
#include <cmath>

// The norm takes x to gain · c / s(c) + bias, where c = x − mean(x), or c = x with `rms`, and s(c) = √(‖c‖²/d + eps).
//
// - x ↦ c is a projection: it brings no two vectors further apart. s moves by at most 1/√d of how far c moves, being
//   the norm of (c/√d, √eps). c ↦ c / s(c) has the derivative (1/s) (1 − c cᵀ / (d s²)), symmetric with eigenvalues 1/s
//   and eps/s³ <= 1/s, so on the way from ĉ to c its norm is at most 1/s_min, s_min = s(ĉ) − ‖c − ĉ‖/√d. Then the gain
//   stretches by at most its greatest entry.
// - The computed ĉ: the mean has an error of at most γ Σ|x̂_i|/d <= γ ‖x̂‖/√d (d + 1 roundings), and the difference is
//   rounded: so ‖c − ĉ‖ is at most error + (d + 4) 1.01 u ‖x̂‖.
// - The computed ŝ of ĉ: sum of squares, division, eps and its sum, root: relative error at most (d/2 + 4) 1.01 u, and
//   the true eps is no further from the double than its radius ρ: s changes by ρ/(2 s) at most, which is a relative
//   error of ρ/(2 s²).
// - 1/ŝ, two products: 3 roundings more, of vectors of norm <= √d · gain; the sum with the bias one more. Gain and bias
//   have errors of their own. Squares below 2^-1022 would be wrong by more: s_min below 2^-400 counts as 0, and then
//   nothing is known.
// - Several blocks: none is further from the true one than the whole vector is, and none is greater; so what one block may
//   be wrong by, times the root of their number, is what all may be.

namespace attest::checker {

NormOfRows::NormOfRows(bool rms, const Number& eps, Numbers gain, Numbers bias, std::size_t blocks)
    : rms_(rms), eps_(eps), gain_(std::move(gain)), bias_(std::move(bias)), blocks_(blocks) {
    for (const double entry : gain_.values) greatest_gain_ = std::max(greatest_gain_, std::abs(entry));
}

ATTEST_LANES void normalise(bool rms, double eps, const std::vector<double>& gain, const std::vector<double>& bias,
                            const double* x, std::size_t stride, double* y, std::size_t to, double* deviation) {
    const std::size_t d = gain.size();
    const auto count = static_cast<double>(d);
    Lanes mean = {};
    for (std::size_t r = 0; r < d && !rms; ++r) mean += at(x + r * stride);
    mean = mean / count;
    Lanes squares = {};
    for (std::size_t r = 0; r < d; ++r) {
        const Lanes centred = at(x + r * stride) - mean;
        squares += centred * centred;
        at(y + r * to) = centred;
    }
    squares = squares / count + eps;
    // std::sqrt stays a call here.
    for (std::size_t k = 0; k < lanes; ++k) deviation[k] = __builtin_sqrt(squares[k]);
    const Lanes inverse = 1 / at(deviation);
    for (std::size_t r = 0; r < d; ++r) at(y + r * to) = at(y + r * to) * inverse * gain[r] + bias[r];
}

double NormOfRows::apply(ConstRows x, Rows y) const {
    double deviation[tile];
    double least = infinite;
    const std::size_t d = gain_.values.size();
    for (std::size_t first = 0; first < d * blocks_; first += d) {
        for (std::size_t half = 0; half < tile; half += lanes)
            normalise(rms_, eps_.value, gain_.values, bias_.values, x.values + first * x.stride + half, x.stride,
                      y.values + first * y.stride + half, y.stride, deviation + half);
        for (const double each : deviation) least = std::min(least, each > 0 ? each : 0);  // no number counts as 0
    }
    return least;
}

Bound NormOfRows::bound(const Bound& x, double least) const {
    constexpr double smallest = 0x1p-400;
    const std::size_t d = gain_.values.size();
    const double root = std::sqrt(static_cast<double>(d)), rounding = rounding_of(d / 2 + 5);
    const double off = upward(x.error + rounding_of(d + 4) * x.size);
    const double least_true =
        (least * (1 - 2 * rounding) - eps_.radius / least) * (1 - 0x1p-30) - off / root * (1 + 0x1p-30);
    if (!(least_true > smallest)) return {infinite, infinite};
    const double relative = rounding + eps_.radius / (least_true * least_true) + 5 * unit;
    const double products = root * greatest_gain_;
    const double inexact = root * gain_.bound.error + bias_.bound.error + unit * bias_.bound.size;
    const double all = upward(std::sqrt(static_cast<double>(blocks_)));
    return bounded(all * (greatest_gain_ * off / least_true + relative * products + inexact),
                   1.001 * all * (products + bias_.bound.size));
}

}  // namespace attest::checker
