#include "attest/exact/interval.hpp"

namespace attest::exact {

namespace {

struct Arb {
    Arb() { arb_init(value); }
    ~Arb() { arb_clear(value); }
    Arb(const Arb&) = delete;
    Arb& operator=(const Arb&) = delete;
    arb_t value;
};

constexpr long working_bits = 64;

Interval ends(const arb_t ball) {
    if (arb_is_finite(ball) == 0) return everything;
    arf_t low, high;
    arf_init(low);
    arf_init(high);
    arb_get_lbound_arf(low, ball, working_bits);
    arb_get_ubound_arf(high, ball, working_bits);
    const Interval result{arf_get_d(low, ARF_RND_FLOOR), arf_get_d(high, ARF_RND_CEIL)};
    arf_clear(low);
    arf_clear(high);
    return result;
}

/// A function that rises, from its values at both ends.
template <typename Function>
Interval rising(Interval x, Function f, double least) {
    Arb y;
    const auto at = [&](double end) {
        arb_set_d(y.value, end);
        f(y.value, y.value, working_bits);
        return ends(y.value);
    };
    if (std::isnan(x.lo) || std::isnan(x.hi)) return everything;
    const Interval low = x.lo == -infinity ? Interval{least, least} : at(x.lo);
    const Interval high = x.hi == infinity ? Interval{infinity, infinity} : x.is_point() ? low : at(x.hi);
    return {std::max(least, low.lo), high.hi};
}

}  // namespace

Interval exp(Interval x) {
    if (x.is_zero()) return {1, 1};
    return rising(x, arb_exp, 0);
}

Interval expm1(Interval x) {
    if (x.is_zero()) return {0, 0};
    if (x.magnitude() > 0x1p-7) return rising(x, arb_expm1, -1);
    // x + x²/2 + x³/6 e^ξ with |ξ| < 1/128 at both ends: e^x − 1 rises.
    const auto at = [](double end) {
        const Interval e{end, end};
        const Interval tail = Interval{0.16, 0.17} * e;
        return e + square(e) * (Interval{0.5, 0.5} + tail);
    };
    return {at(x.lo).lo, at(x.hi).hi};
}

Interval to_interval(const Ball& ball) { return ends(ball.raw()); }

Interval to_interval(const Rational& number) { return to_interval(Ball(number, working_bits)); }

Interval IntervalSum::total() const {
    const long double slack = magnitude_ * static_cast<long double>(count_ + 1) * 0x1p-62L;
    const long double low = lo_ - slack, high = hi_ + slack;
    Interval result{static_cast<double>(low), static_cast<double>(high)};
    if (static_cast<long double>(result.lo) > low) result.lo = std::nextafter(result.lo, -infinity);
    if (static_cast<long double>(result.hi) < high) result.hi = std::nextafter(result.hi, infinity);
    if (std::isnan(result.lo) || std::isnan(result.hi)) return everything;
    return result;
}

}  // namespace attest::exact
