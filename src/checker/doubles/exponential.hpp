#pragma once

#include "checker/doubles/bound.hpp"
#include "checker/doubles/lanes.hpp"

// e^x in doubles, with a proven error.
//
// x is brought into [−700, 700] first. Then x = k log 2 + r, k the integer nearest to x / log 2 as computed, so that
// |k| <= 1010 and |r| < 0.35, and e^x = 2^k e^r.
// - log 2 = high + low, high a number of 42 bits, |log 2 − high − low| < 2^-98. k · high is exact. x − k high has an
//   error of at most u · 0.35 (it is no larger than |r| + |k low|), k · low one of u · 2^-34, their difference one of u
//   · 0.35, and the rest of log 2 adds |k| 2^-98. So r has an error below 0.8 u, and e^r for that a relative one below
//   0.9 u.
// - e^r is Σ r^i / i! for i <= 13. The rest is at most 0.35^14 / 14! e^0.35 < 2^-56: relative to e^r >= e^-0.35, less
//   than 0.2 u.
// - The sum is computed by Horner's rule: each term passes at most 13 products and 14 sums and has one rounded
//   coefficient, so that the error is at most 1.01 · 28 u Σ |r|^i / i! <= 28.3 u e^0.35; relative to e^r, 28.3 u e^0.7
//   < 57 u.
// - 2^k is exact and normal, and so is the product. Altogether the relative error is below 60 u < 2^-47. Who contracts
//   a product and a sum into one operation makes one rounding less.

namespace attest::checker {

/// Relative error of exponential() between −700 and 700.
constexpr double error_of_exponential = 0x1p-47;
constexpr double farthest_exponent = 700;

/// x becomes e^x; what is less than −700 counts as −700, what is greater than 700 as 700.
ATTEST_INLINE void exponential(Lanes& x) {
    constexpr double per_log_two = 0x1.71547652b82fep+0, high = 0x1.62e42fefa38p-1, low = 0x1.ef35793c7673p-45;
    constexpr double to_integer = 0x1.8p52;  // adding it rounds to an integer, which stands in the lowest bits
    constexpr double coefficients[] = {
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
        1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       1.0 / 2,      1,           1};
    const Lanes zero = {};
    x = x > -farthest_exponent ? x : zero - farthest_exponent;
    x = x < farthest_exponent ? x : zero + farthest_exponent;
    const Lanes shifted = x * per_log_two + to_integer;
    const Lanes k = shifted - to_integer;
    const Lanes r = (x - k * high) - k * low;
    Lanes sum = zero + coefficients[0];
    for (std::size_t i = 1; i < sizeof(coefficients) / sizeof(double); ++i) sum = sum * r + coefficients[i];
    const Whole power = ((Whole)shifted << 52) + (1023LL << 52);
    x = sum * (Lanes)power;
}

}  // namespace attest::checker
