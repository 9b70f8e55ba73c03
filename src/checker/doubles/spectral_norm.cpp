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

/// Of one row of V Vᵀ as many entries as four groups of lanes have: its products with the columns of V, which stand below each other.
template <std::size_t groups>
ATTEST_INLINE void add_products(const double* row, const double* columns, std::size_t count, std::size_t stride,
                                double* sums) {
    Lanes sum[groups] = {};
    for (std::size_t c = 0; c < count; ++c)
        for (std::size_t g = 0; g < groups; ++g) sum[g] += row[c] * at(columns + c * stride + g * lanes);
    for (std::size_t g = 0; g < groups; ++g) at(sums + g * lanes) = sum[g];
}

/// One row of V Vᵀ, up to a whole number of lanes that is at least `length`.
ATTEST_LANES void row_of_gram(const double* row, const double* columns, std::size_t count, std::size_t stride,
                              std::size_t length, double* sums) {
    std::size_t b = 0;
    for (; b + 4 * lanes <= length; b += 4 * lanes) add_products<4>(row, columns + b, count, stride, sums + b);
    for (; b < length; b += lanes) add_products<1>(row, columns + b, count, stride, sums + b);
}

namespace {

/// V Vᵀ.
Matrix64 gram(const Matrix64& v) {
    const std::size_t stride = (v.rows + lanes - 1) / lanes * lanes;
    std::vector<double> columns(v.columns * stride, 0), sums(stride);
    for (std::size_t r = 0; r < v.rows; ++r)
        for (std::size_t c = 0; c < v.columns; ++c) columns[c * stride + r] = v.at(r, c);
    Matrix64 product(v.rows, v.rows);
    for (std::size_t a = 0; a < v.rows; ++a) {
        row_of_gram(&v.values[a * v.columns], columns.data(), v.columns, stride, a + 1, sums.data());
        for (std::size_t b = 0; b <= a; ++b) product.at(a, b) = product.at(b, a) = sums[b];
    }
    return product;
}

/// Of a matrix V: ‖V‖² <= ‖V Vᵀ‖ <= ‖computed‖ + γ ‖V‖_F². A symmetric matrix is its own transpose.
double norm_of(const Matrix64& v, std::size_t squares) {
    const double entries = size_of(v.values);
    if (squares == 0) return entries;
    const double square = norm_of(gram(v), squares - 1) + rounding_of(v.columns + 1) * entries * entries;
    return std::min(entries, upward(std::sqrt(upward(square))));
}

}  // namespace

double spectral_norm(const Matrix64& matrix) {
    if (std::min(matrix.rows, matrix.columns) > greatest_side) return size_of(matrix.values);
    return norm_of(matrix.rows <= matrix.columns ? matrix : transposed(matrix), squarings);
}

}  // namespace attest::checker
