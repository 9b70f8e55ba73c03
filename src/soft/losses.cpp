// Cross-entropies of words in doubles, with intervals around their sums.
//
// Statement. Let f(m) = ln(1 + e^-m) and m − w <= m' <= m, 0 <= w <= 1/4. Then f(m) <= f(m') <= (1 + 1.2 w) f(m).
//
// Why. f falls; and ln(1 + k e) <= k ln(1 + e) for k >= 1, by concavity, with k = e^w <= 1 + 1.2 w.
//
// What is computed: e = e^-m by the kernels, within 2^-50 e + 2^-1000; and ln(1 + e) = 2 artanh z = 2 (z + z^3/3 + z^5/5
// + …), z = e/(2 + e) <= 1/3, up to z^33: what follows is below z 9^-17/35 · 9/8 < 2^-58 z. All terms are positive, so that
// Horner's rule with 17 steps makes a relative error below 60 u, z has one of 2^-50 + 3 u, which f multiplies by at most
// 1, and a sum of `together` terms one of 256 u: altogether below 2^-44. Where e is below 2^-900 the absolute error counts,
// 2^-990 for a sum.

#include "losses.hpp"

#include "soft/blowup.hpp"

namespace attest::soft {

namespace {

constexpr int most_power = 33;
constexpr auto inverses = [] {
    std::array<double, most_power + 1> each{};
    for (int k = 1; k <= most_power; ++k) each[static_cast<std::size_t>(k)] = 1.0 / k;
    return each;
}();

/// ln(1 + e) of 0 <= e <= 1
inline double log_of_one_and(double e) {
    const double z = e / (2 + e), square = z * z;
    double sum = 0;
    for (std::size_t k = most_power; k > 1; k -= 2) sum = (sum + inverses[k]) * square;
    return 2 * z * (sum + 1);
}

constexpr double relative = 0x1p-44, absolute = 0x1p-980;
constexpr long bits = 128;  // of what is added up in balls

}  // namespace

void Losses::add(const exact::Interval& margin) {
    constexpr double widest = 0.25;
    const double width = exact::above(margin.hi - margin.lo);
    if (!(width <= widest)) {
        sum_ += cross_entropy(exact::Ball::between(margin.lo, margin.hi, bits), true);
        return;
    }
    margins_[count_] = margin.hi;
    widths_[count_] = width;
    if (++count_ == together) empty();
}

void Losses::empty() {
    const words::Kernels& kernels = words::best_kernels();
    double falling[words::tile], power[words::tile], least = 0, spread = 0;
    for (std::size_t first = 0; first < count_; first += words::tile) {
        for (std::size_t k = 0; k < words::tile; ++k) falling[k] = first + k < count_ ? -margins_[first + k] : 0;
        kernels.exp(falling, power);
        for (std::size_t k = 0; k < words::tile && first + k < count_; ++k) {
            const double loss = log_of_one_and(power[k]);
            least += loss;
            spread += loss * widths_[first + k];
        }
    }
    count_ = 0;
    const exact::Interval nats{std::max(0.0, least * (1 - relative) - absolute),
                               (least + 1.2 * spread) * (1 + relative) + absolute};
    sum_ += exact::Ball::between(nats.lo, nats.hi, bits) / log(exact::Ball(exact::Rational(2), bits));
}

exact::Ball Losses::sum() {
    if (count_ > 0) empty();
    return sum_;
}

}  // namespace attest::soft
