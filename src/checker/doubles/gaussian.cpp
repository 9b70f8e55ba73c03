#include "checker/doubles/gaussian.hpp"

#include <array>
#include <vector>

#include "checker/core/interval.hpp"
#include "checker/doubles/lanes.hpp"
#include "checker/doubles/number.hpp"

// Φ by Taylor's formula about the nearest multiple c of 1/16, for |c| <= 8. Beyond, x counts as ±8, which changes Φ by
// less than Φ(−8) < 2^-50. With t = x − c (exact), |t| <= 1/32:
//   Φ(c + t) = Σ_{k <= 7} Φ^(k)(c) t^k / k! + rest, and the rest is at most sup |Φ^(8)| / 8! · 2^-40.
// Φ^(k+1) = (−1)^k He_k φ, He_k the Hermite polynomials: He_0 = 1, He_1 = x, He_(k+1) = x He_k − k He_(k−1). As
// |He_7(x)| <= |x|^7 + 21 |x|^5 + 105 |x|^3 + 105 |x| and |x|^m φ(x) <= (m/e)^(m/2) φ(0), |Φ^(8)| <= (27.4 + 21 · 4.6 +
// 105 · 1.16 + 105 · 0.61) · 0.4 < 125, and the rest is below 2^-48.3. The coefficients are made of enclosures of 128
// bits: with relative errors of 2^-52 at most. All sums are near Φ, between −0.1 and 1.1, the terms for k >= 1 are at
// most 0.4/32 together with a tenth; so rounding, theirs and that of Horner's rule, makes less than 5 u. Altogether:
// below 2^-47.

namespace attest::checker {
namespace {

constexpr int steps_per_one = 16, farthest = 8, terms_each = 8;
constexpr int centres = 2 * farthest * steps_per_one + 1;
using Table = std::array<double, centres * terms_each>;

/// Φ^(k)(c) / k! for k < 8.
std::vector<Interval> taylor(const Interval& c) {
    constexpr mpfr_prec_t bits = 128;
    const auto whole = [](long number) { return Interval(Rational(number), bits); };
    const Interval two = whole(2);
    const Interval density = exp(-(c * c) / two) / sqrt(two * Interval::pi(bits));
    std::vector<Interval> result = {erfc(-c / sqrt(two)) / two};
    Interval hermite = whole(1), before = whole(0), factor = density;
    for (int k = 0; k + 1 < terms_each; ++k) {
        factor = factor / whole(k + 1);
        result.push_back(k % 2 == 0 ? factor * hermite : -(factor * hermite));
        const Interval next = c * hermite - whole(k) * before;
        before = hermite;
        hermite = next;
    }
    return result;
}

Table make_table() {
    Table table;
    std::size_t place = 0;
    for (int entry = 0; entry < centres; ++entry) {
        Rational c(entry - farthest * steps_per_one, steps_per_one);
        c.canonicalize();
        for (const Interval& coefficient : taylor(Interval(c, 128))) table[place++] = number_of(coefficient).value;
    }
    return table;
}

ATTEST_INLINE double gaussian(const double* table, double x) {
    constexpr double to_integer = 0x1.8p52;
    x = x > -farthest ? x : -farthest;
    x = x < farthest ? x : farthest;
    const double nearest = (x * steps_per_one + to_integer) - to_integer;
    const double t = x - nearest / steps_per_one;
    const double* c = table + terms_each * (static_cast<long>(nearest) + farthest * steps_per_one);
    double sum = c[terms_each - 1];
    for (int k = terms_each - 1; k-- > 0;) sum = sum * t + c[k];
    return sum;
}

}  // namespace

ATTEST_LANES void multiply_by_gaussian(const double* table, double* row) {
    for (std::size_t k = 0; k < tile; ++k) row[k] *= gaussian(table, row[k]);
}

void multiply_by_gaussian(double* row) {
    static const Table table = make_table();
    multiply_by_gaussian(table.data(), row);
}

}  // namespace attest::checker
