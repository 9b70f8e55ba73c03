#pragma once

#include <cmath>

#include "checker/core/interval.hpp"

namespace attest::checker {

/// A real number that is within `error` of a double. Each operation adds what it rounds away (2^-53 of its result, and
/// 2^-1000 for what underflows), and a little for the rounding of the error itself. What is no number stays none: comparisons
/// with it are false.
struct Near {
    double value = 0;
    double error = 0;

    double size() const { return (std::abs(value) + error) * (1 + 0x1p-50); }
};

inline Near operator+(const Near& a, const Near& b) {
    const double value = a.value + b.value;
    return {value, (a.error + b.error + 0x1p-53 * std::abs(value)) * (1 + 0x1p-48)};
}
inline Near operator-(const Near& a) { return {-a.value, a.error}; }
inline Near operator-(const Near& a, const Near& b) { return a + -b; }
inline Near operator*(const Near& a, const Near& b) {
    const double value = a.value * b.value;
    const double error = std::abs(a.value) * b.error + a.error * std::abs(b.value) + a.error * b.error;
    return {value, (error + 0x1p-53 * std::abs(value)) * (1 + 0x1p-48) + 0x1p-1000};
}

/// Of an interval; where it is not finite, or beyond 2^1000, nothing is known: the error is infinite.
Near near(const Interval& interval);

/// 1/x, 1/√x for a double x > 0 (the processor's division and root are right to half a unit), and e^x (MPFR).
inline Near inverse_of(double x) { return {1 / x, 0x1p-52 / x}; }
inline Near inverse_root_of(double x) { return {1 / std::sqrt(x), 0x1p-50 / std::sqrt(x)}; }
Near exponential_of(double x);

/// A line next to a function: for x in an interval, f(x) is within `error` of value + slope · (x - at).
struct NearLine {
    double value, slope, error;
};

/// Needs   0 < low <= high for the first two
NearLine line_of_inverse(double at, double low, double high);
NearLine line_of_inverse_root(double at, double low, double high);
NearLine line_of_exponential(double at, double low, double high);

}  // namespace attest::checker
