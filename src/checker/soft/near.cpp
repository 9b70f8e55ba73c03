#include "checker/soft/near.hpp"

#include <algorithm>

// Doubles that know their error, and lines next to convex functions: what FORMAT.md section 17 rests its bounds on.

namespace attest::checker {
namespace {

/// An upper bound of a rational that is not negative.
double upper_double(const Rational& x) { return x == 0 ? 0 : x.get_d() * (1 + 0x1p-50) + 0x1p-1000; }

/// f is convex. A chord lies above it, and where f'(t) is nearly the slope a of the chord, f(x) - a x is at least
/// f(t) - a t - |f'(t) - a| (high - low). Both hold for any number a and any t between the ends.
template <typename Function, typename Slope, typename Where>
NearLine line_of_convex(double at, double low, double high, const Function& f, const Slope& slope, const Where& where) {
    const Near at_low = f(low), at_high = f(high);
    if (std::isnan(at_low.value) || std::isnan(at_high.value)) return {0, 0, HUGE_VAL};
    const double width = high - low;
    const bool wide = width > 0x1p-26 * (std::abs(low) + std::abs(high));
    const double a = wide ? (at_high.value - at_low.value) / width : slope(low).value;
    const double t = std::min(std::max(where(a), low), high);
    const Near line{a, 0}, left = at_low - line * Near{low, 0}, right = at_high - line * Near{high, 0};
    const Near under = f(t) - line * Near{t, 0};
    const double most = std::max(left.value + left.error, right.value + right.error);
    const double bend = (slope(t) - line).size() * width * (1 + 0x1p-40);
    const double least = under.value - under.error - bend;
    const double middle = most / 2 + least / 2;
    const Near value = Near{middle, 0} + line * Near{at, 0};
    const double rounding = 0x1p-50 * (std::abs(most) + std::abs(least));
    return {value.value, a, (std::max(most - middle, middle - least) + value.error + rounding) * (1 + 0x1p-40)};
}

}  // namespace

/// Ends that are infinite have no rational, and what is beyond all doubles has no double.
Near near(const Interval& interval) {
    static const Rational greatest = Rational(mpz_class(1) << 1000);
    if (!interval.is_finite()) return {0, HUGE_VAL};
    const Rational low = interval.low(), high = interval.high();
    if (low < -greatest || high > greatest) return {0, HUGE_VAL};
    const double value = low.get_d();
    const Rational exact(value);
    return {value, upper_double(std::max(Rational(abs(low - exact)), Rational(abs(high - exact))))};
}

Near exponential_of(double x) {
    constexpr mpfr_prec_t bits = 64;
    if (!(std::abs(x) < 700)) return {std::nan(""), 0};
    return near(exp(Interval(Rational(x), bits)));
}

NearLine line_of_inverse(double at, double low, double high) {
    const auto slope = [](double x) { return -(inverse_of(x) * inverse_of(x)); };
    return line_of_convex(at, low, high, inverse_of, slope, [](double a) { return a < 0 ? 1 / std::sqrt(-a) : 1; });
}

NearLine line_of_inverse_root(double at, double low, double high) {
    const auto slope = [](double x) { return -(Near{0.5, 0} * inverse_root_of(x) * inverse_of(x)); };
    return line_of_convex(at, low, high, inverse_root_of, slope,
                          [](double a) { return a < 0 ? std::pow(-2 * a, -2.0 / 3) : 1; });
}

NearLine line_of_exponential(double at, double low, double high) {
    return line_of_convex(at, low, high, exponential_of, exponential_of,
                          [](double a) { return a > 0 ? std::log(a) : 0; });
}

}  // namespace attest::checker
