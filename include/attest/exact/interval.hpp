#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "attest/base/error.hpp"
#include "attest/exact/ball.hpp"

namespace attest::exact {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// All reals from `lo` to `hi`, in doubles that are rounded outwards: for bulk work where balls would be too slow.
///
/// Exact   encloses the true value, throughout this header: every operation holds the results of all its operands' values
struct Interval {
    double lo = 0;
    double hi = 0;

    bool is_zero() const { return lo == 0 && hi == 0; }
    bool is_finite() const { return std::isfinite(lo) && std::isfinite(hi); }
    bool is_point() const { return lo == hi; }
    bool contains(double x) const { return lo <= x && x <= hi; }
    double width() const { return hi - lo; }
    double middle() const { return lo == hi ? lo : lo / 2 + hi / 2; }
    /// The greatest absolute value.
    double magnitude() const { return std::max(-lo, hi); }
    /// The least absolute value.
    double mignitude() const { return lo > 0 ? lo : hi < 0 ? -hi : 0; }
    bool operator==(const Interval&) const = default;
};

constexpr Interval everything{-infinity, infinity};

/// A step that leads below (above) what was rounded to x: half a unit in the last place is lost at most. An overflow to
/// infinity, or a result without value, may have been anything from the greatest double on (anything at all).
inline double below(double x) {
    constexpr double greatest = std::numeric_limits<double>::max();
    if (std::abs(x) <= greatest) return x - std::abs(x) * 0x1p-52;
    return x > 0 ? greatest : -infinity;
}
inline double above(double x) { return -below(-x); }

/// Sums are exact where a summand is 0 or the error term of the addition is; so 1 + 0 − 1 is 0.
inline double sum_below(double a, double b) {
    const double s = a + b, t = s - a, error = (a - (s - t)) + (b - t);
    return error == 0 ? s : below(s);
}
inline double sum_above(double a, double b) {
    const double s = a + b, t = s - a, error = (a - (s - t)) + (b - t);
    return error == 0 ? s : above(s);
}

inline Interval operator-(Interval a) { return {-a.hi, -a.lo}; }
inline Interval operator+(Interval a, Interval b) {
    if (b.is_zero()) return a;
    return {sum_below(a.lo, b.lo), sum_above(a.hi, b.hi)};
}
inline Interval operator-(Interval a, Interval b) { return {sum_below(a.lo, -b.hi), sum_above(a.hi, -b.lo)}; }

inline double product_below(double a, double b) {
    if (a == 0 || b == 0) return 0;  // also 0 · ∞: the factor 0 is exact
    const double p = a * b;
    return std::abs(p) < 0x1p-960 ? p - 0x1p-1000 : std::abs(b) == 1 || std::abs(a) == 1 ? p : below(p);
}
inline double product_above(double a, double b) { return -product_below(-a, b); }

inline Interval operator*(Interval a, Interval b) {
    if (a.is_zero() || b.is_zero()) return {};
    if (b.is_point()) std::swap(a, b);
    if (a.is_point() && std::abs(a.lo) == 1) return a.lo > 0 ? b : -b;
    if (a.is_point())
        return a.lo >= 0 ? Interval{product_below(a.lo, b.lo), product_above(a.lo, b.hi)}
                         : Interval{product_below(a.lo, b.hi), product_above(a.lo, b.lo)};
    return {std::min({product_below(a.lo, b.lo), product_below(a.lo, b.hi), product_below(a.hi, b.lo),
                      product_below(a.hi, b.hi)}),
            std::max({product_above(a.lo, b.lo), product_above(a.lo, b.hi), product_above(a.hi, b.lo),
                      product_above(a.hi, b.hi)})};
}

/// Everything where the divisor may be 0.
inline Interval reciprocal(Interval b) {
    if (b.lo <= 0 && b.hi >= 0) return everything;
    const Interval r{b.hi == 1 ? 1 : below(1 / b.hi) - 0x1p-1000, b.lo == 1 ? 1 : above(1 / b.lo) + 0x1p-1000};
    return b.lo > 0 ? Interval{std::max(0.0, r.lo), r.hi} : Interval{r.lo, std::min(0.0, r.hi)};
}
inline Interval operator/(Interval a, Interval b) {
    if (b.lo <= 0 && b.hi >= 0) return everything;
    if (b.is_point() && b.lo == 1) return a;
    return a * reciprocal(b);
}

inline Interval& operator+=(Interval& a, Interval b) { return a = a + b; }
inline Interval hull(Interval a, Interval b) { return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)}; }
/// What both say.
/// Throws  InternalError if they have no point in common: they do not enclose the same number
inline Interval intersect(Interval a, Interval b) {
    const Interval c{std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
    if (!(c.lo <= c.hi)) throw base::InternalError("two enclosures of one number have no point in common");
    return c;
}
inline Interval rectify(Interval x) { return {std::max(0.0, x.lo), std::max(0.0, x.hi)}; }
inline Interval square(Interval x) {
    const double a = x.mignitude(), b = x.magnitude();
    return {std::max(0.0, product_below(a, a)), product_above(b, b)};
}
/// Needs   x.hi >= 0; what is below 0 is cut off
inline Interval sqrt(Interval x) {
    return {std::max(0.0, below(std::sqrt(std::max(0.0, x.lo)))), above(std::sqrt(x.hi))};
}

/// Cost    about 0.3 µs (Arb)
Interval exp(Interval x);
/// e^x − 1, without cancellation around 0.
Interval expm1(Interval x);

Interval to_interval(const Ball& ball);
Interval to_interval(const Rational& number);

/// A sum of many intervals, in extended precision: the error of n additions stays below n 2^-63 times their magnitudes.
class IntervalSum {
  public:
    void add(Interval x) { add(x, 1); }
    /// adds `times` copies
    void add(Interval x, double times) {
        const long double t = times;
        lo_ += t * x.lo;
        hi_ += t * x.hi;
        magnitude_ += t * std::max(std::abs(x.lo), std::abs(x.hi));
        ++count_;
    }
    Interval total() const;

  private:
    long double lo_ = 0, hi_ = 0, magnitude_ = 0;
    long count_ = 0;
};

}  // namespace attest::exact
