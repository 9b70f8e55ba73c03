#include "checker/doubles/spectral_norm.hpp"

#include <algorithm>
#include <cmath>

#include "checker/doubles/lanes.hpp"

// ‖W‖² = ‖G‖ for the Gram matrix G = W Wᵀ (or Wᵀ W, if that is smaller), and ‖A‖ = √‖A²‖ for a symmetric A. So, with
// ‖A‖_F the Euclidean norm of the entries, ‖A‖ <= ‖A‖_F, ‖A‖ <= √‖A²‖_F, ‖A‖ <= √√‖A⁴‖_F …: the norm is overrated by a
// factor of √m at first, and its root each time. A product computed in doubles differs from the true one by at most γ
// ‖A‖_F ‖B‖_F, which is added under the root. Each computed product is made symmetric by copying one half.

namespace attest::checker {
namespace {

constexpr std::size_t squarings = 4, greatest_side = 1024;

}  // namespace

/// Of one row of V Vᵀ as many entries as so many groups of lanes have: its products with the columns of V, which stand below each other.
template <std::size_t groups>
ATTEST_INLINE void add_products(const double* row, const double* columns, std::size_t count, std::size_t stride,
                                double* sums) {
    Lanes sum[groups] = {};
    for (std::size_t c = 0; c < count; ++c)
        for (std::size_t g = 0; g < groups; ++g) sum[g] += row[c] * at(columns + c * stride + g * lanes);
    for (std::size_t g = 0; g < groups; ++g) at(sums + g * lanes) = sum[g];
}

/// V Vᵀ below the diagonal and on it, row by row; the columns of V have `stride` entries each, 0 beyond its rows, and so have the rows of
/// the product.
ATTEST_LANES void multiply_transposed(const double* rows, std::size_t row_stride, const double* columns,
                                      std::size_t side, std::size_t count, std::size_t stride, double* product) {
    for (std::size_t a = 0; a < side; ++a) {
        const double* row = rows + a * row_stride;
        double* sums = product + a * stride;
        std::size_t b = 0;
        for (; b + 4 * lanes <= a + 1; b += 4 * lanes) add_products<4>(row, columns + b, count, stride, sums + b);
        for (; b < a + 1; b += lanes) add_products<1>(row, columns + b, count, stride, sums + b);
    }
}

namespace {

/// Below the diagonal is copied above it.
void make_symmetric(std::size_t side, std::size_t stride, std::vector<double>& entries) {
    for (std::size_t a = 0; a < side; ++a)
        for (std::size_t b = 0; b < a; ++b) entries[b * stride + a] = entries[a * stride + b];
}

/// ‖V‖² <= ‖V Vᵀ‖ <= ‖computed‖ + γ ‖V‖_F². A symmetric matrix is its own transpose.
double norm_of(const Matrix64& v) {
    const std::size_t side = v.rows, stride = (side + lanes - 1) / lanes * lanes;
    std::vector<double> columns(v.columns * stride, 0);
    for (std::size_t r = 0; r < side; ++r)
        for (std::size_t c = 0; c < v.columns; ++c) columns[c * stride + r] = v.at(r, c);
    std::vector<double> power(side * stride), next(side * stride);
    double sizes[squarings] = {size_of(v.values)};
    multiply_transposed(v.values.data(), v.columns, columns.data(), side, v.columns, stride, power.data());
    make_symmetric(side, stride, power);
    for (std::size_t k = 1; k < squarings; ++k) {
        sizes[k] = size_of(power);
        multiply_transposed(power.data(), stride, power.data(), side, side, stride, next.data());
        make_symmetric(side, stride, next);
        std::swap(power, next);
    }
    double norm = size_of(power);
    for (std::size_t k = squarings; k-- > 0;) {
        const std::size_t terms = k == 0 ? v.columns : side;
        const double square = norm + rounding_of(terms + 1) * sizes[k] * sizes[k];
        norm = std::min(sizes[k], upward(std::sqrt(upward(square))));
    }
    return norm;
}

}  // namespace

double spectral_norm(const Matrix64& matrix) {
    if (std::min(matrix.rows, matrix.columns) > greatest_side) return size_of(matrix.values);
    return norm_of(matrix.rows <= matrix.columns ? matrix : transposed(matrix));
}

}  // namespace attest::checker
