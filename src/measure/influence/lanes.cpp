// Kernels on blocks of positions. The order of sums is fixed by the source: lanes are summed in eight parts, whatever
// the width of the machine's vectors, so that results do not depend on the machine.

#include "lanes.hpp"

#include <cmath>

// One source, compiled for several widths of vectors; the machine's best is taken when the program starts.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && defined(__GNUC__) && !defined(__clang__)
#define ATTEST_LANES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ATTEST_LANES
#endif

namespace attest::influence {

FloatMap::FloatMap(const exact::AffineMap& map) {
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        Row& row = rows.emplace_back();
        for (const auto& [column, weight] : map.weight.rows[r]) {
            row.columns.push_back(column);
            row.weights.push_back(weight.get_d());
        }
        if (!map.bias.empty()) row.bias = map.bias[r].get_d();
    }
}

namespace {

ATTEST_LANES void combine(const FloatMap::Row& row, const double* x, double* y) {
    double sum[lanes];
    for (std::size_t k = 0; k < lanes; ++k) sum[k] = row.bias;
    for (std::size_t e = 0; e < row.columns.size(); ++e) {
        const double w = row.weights[e];
        const double* from = x + row.columns[e] * lanes;
        for (std::size_t k = 0; k < lanes; ++k) sum[k] += w * from[k];
    }
    for (std::size_t k = 0; k < lanes; ++k) y[k] = sum[k];
}

}  // namespace

void apply(const FloatMap& map, const double* x, double* y) {
    for (std::size_t r = 0; r < map.rows.size(); ++r) combine(map.rows[r], x, y + r * lanes);
}

void accumulate(const FloatMap& map, const double* x, double* y) {
    double sum[lanes];
    for (std::size_t r = 0; r < map.rows.size(); ++r) {
        if (map.rows[r].columns.empty() && map.rows[r].bias == 0) continue;
        combine(map.rows[r], x, sum);
        for (std::size_t k = 0; k < lanes; ++k) y[r * lanes + k] += sum[k];
    }
}

ATTEST_LANES void exponentials(const double* score, const double* top, double* e) {
    for (std::size_t k = 0; k < lanes; ++k) e[k] = fast_exp(score[k] - top[k]);
}

ATTEST_LANES void weigh_rows(const double* weight, std::size_t count, double factor, const double* x, double* score) {
    double sum[lanes] = {};
    for (std::size_t c = 0; c < count; ++c) {
        const double w = weight[c];
        for (std::size_t k = 0; k < lanes; ++k) sum[k] += w * x[c * lanes + k];
    }
    for (std::size_t k = 0; k < lanes; ++k) score[k] = factor * sum[k];
}

ATTEST_LANES void weigh_rows(const double* weight, const std::vector<std::uint32_t>& columns, const double* x,
                             double* score) {
    double sum[lanes] = {};
    for (const std::uint32_t c : columns) {
        const double w = weight[c];
        for (std::size_t k = 0; k < lanes; ++k) sum[k] += w * x[c * lanes + k];
    }
    for (std::size_t k = 0; k < lanes; ++k) score[k] = sum[k];
}

ATTEST_LANES void add_summand(const double* e, const double* value, std::size_t count, double* sums) {
    for (std::size_t v = 0; v < count; ++v)
        for (std::size_t k = 0; k < lanes; ++k) sums[v * lanes + k] += e[k] * value[v];
}

ATTEST_LANES void exchange_total(const double* total, const double* before, const double* after, double* inverse) {
    for (std::size_t k = 0; k < lanes; ++k) inverse[k] = 1 / (total[k] - before[k] + after[k]);
}

ATTEST_LANES void exchange_summand(const double* sum, const double* inverse, const double* before, const double* after,
                                   double v, double w, double bias, double* y) {
    for (std::size_t k = 0; k < lanes; ++k) y[k] += (sum[k] - before[k] * v + after[k] * w) * inverse[k] + bias;
}

ATTEST_LANES void gather(const double* e, const double* x, const std::vector<std::uint32_t>& rows, double keep,
                         double* to) {
    for (const std::uint32_t r : rows) {
        double part[8] = {};
        for (std::size_t k = 0; k < lanes; k += 8)
            for (std::size_t c = 0; c < 8; ++c) part[c] += e[k + c] * x[r * lanes + k + c];
        to[r] =
            to[r] * keep + (((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7])));
    }
}

double sum(const double* x) {
    double part[8] = {};
    for (std::size_t k = 0; k < lanes; k += 8)
        for (std::size_t c = 0; c < 8; ++c) part[c] += x[k + c];
    return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
}

ATTEST_LANES void normalise(double* y, std::size_t dimension, double eps, const double* gain, const double* bias,
                            bool centred) {
    double mean[lanes] = {}, variance[lanes] = {};
    const double d = static_cast<double>(dimension);
    for (std::size_t c = 0; centred && c < dimension; ++c)
        for (std::size_t k = 0; k < lanes; ++k) mean[k] += y[c * lanes + k] / d;
    for (std::size_t c = 0; c < dimension; ++c)
        for (std::size_t k = 0; k < lanes; ++k) {
            y[c * lanes + k] -= mean[k];
            variance[k] += y[c * lanes + k] * y[c * lanes + k] / d;
        }
    for (std::size_t k = 0; k < lanes; ++k) variance[k] = std::sqrt(variance[k] + eps);
    for (std::size_t c = 0; c < dimension; ++c)
        for (std::size_t k = 0; k < lanes; ++k) y[c * lanes + k] = y[c * lanes + k] / variance[k] * gain[c] + bias[c];
}

}  // namespace attest::influence
