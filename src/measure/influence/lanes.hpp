#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "attest/exact/matrix.hpp"

// Arithmetic on rows of doubles, one lane a position. Every loop runs over a fixed number of lanes, so that compilers
// use vectors of any width for it and sums are formed in the same order everywhere.

namespace attest::influence {

constexpr std::size_t lanes = 32;  ///< of one block

/// A row-major matrix of doubles by the entries that are not zero.
struct FloatMap {
    struct Row {
        std::vector<std::uint32_t> columns;
        std::vector<double> weights;
        double bias = 0;
    };
    std::vector<Row> rows;

    FloatMap() = default;
    explicit FloatMap(const exact::AffineMap& map);
    std::size_t outputs() const { return rows.size(); }
};

/// One block of positions: [row][lane].
using Block = std::vector<double>;

/// y[r] = W x + b in each lane.
void apply(const FloatMap& map, const double* x, double* y);
/// y[r] += W x + b in each lane.
void accumulate(const FloatMap& map, const double* x, double* y);

/// e^x to two units in the last place for |x| <= 700; beyond that the value at the end.
inline double fast_exp(double x) {
    constexpr double shift = 0x1.8p52, log2e = 0x1.71547652b82fep0, ln2_high = 0x1.62e42fefa0000p-1,
                     ln2_low = 0x1.cf79abc9e3b3ap-40;
    x = x < -700 ? -700 : x > 700 ? 700 : x;
    const double shifted = x * log2e + shift, k = shifted - shift;
    const double r = (x - k * ln2_high) - k * ln2_low;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = (p * r) * r + r + 1;
    const auto bits = std::bit_cast<std::uint64_t>(p) + (std::bit_cast<std::uint64_t>(shifted) << 52);
    return std::bit_cast<double>(bits);
}

/// e[lane] = e^(score[lane] − top[lane])
void exponentials(const double* score, const double* top, double* e);

/// score[lane] = factor Σ_c weight[c] x[c][lane], or its sum with what is there.
void weigh_rows(const double* weight, std::size_t count, double factor, const double* x, double* score);

/// score[lane] = Σ weight[c] x[c][lane] over the columns named.
void weigh_rows(const double* weight, const std::vector<std::uint32_t>& columns, const double* x, double* score);

/// sums[v][lane] += e[lane] value[v]
void add_summand(const double* e, const double* value, std::size_t count, double* sums);

/// inverse[lane] = 1 / (total − before + after)
void exchange_total(const double* total, const double* before, const double* after, double* inverse);
/// y[lane] += (sum − before · v + after · w) · inverse + bias: a mean of which one summand is exchanged.
void exchange_summand(const double* sum, const double* inverse, const double* before, const double* after, double v,
                      double w, double bias, double* y);

/// to[r] = to[r] · keep + Σ over lanes of e · x[r], for the rows named.
void gather(const double* e, const double* x, const std::vector<std::uint32_t>& rows, double keep, double* to);

/// (v − mean)/sqrt(variance + eps) · gain + bias, in each lane.
/// centred  whether the mean is subtracted
void normalise(double* y, std::size_t dimension, double eps, const double* gain, const double* bias, bool centred);

/// Σ over lanes in a fixed order.
double sum(const double* x);

}  // namespace attest::influence
