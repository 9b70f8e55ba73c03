#include "checker/doubles/spectral_norm.hpp"

#include <algorithm>
#include <cmath>

// ‖W‖² = ‖G‖ for the Gram matrix G = W Wᵀ (or Wᵀ W, if that is smaller), and ‖A‖ = √‖A²‖ for a symmetric A. So, with
// ‖A‖_F the Euclidean norm of the entries, ‖A‖ <= ‖A‖_F, ‖A‖ <= √‖A²‖_F, ‖A‖ <= √√‖A⁴‖_F …: the norm is overrated by a
// factor of √m at first, and its root each time. A product computed in doubles differs from the true one by at most γ
// ‖A‖_F ‖B‖_F, which is added under the root. Each computed product is made symmetric by copying one half.

namespace attest::checker {
namespace {

constexpr std::size_t squarings = 4, greatest_side = 1024;

Matrix64 transposed(const Matrix64& w) {
    Matrix64 result(w.columns, w.rows);
    for (std::size_t r = 0; r < w.rows; ++r)
        for (std::size_t c = 0; c < w.columns; ++c) result.at(c, r) = w.at(r, c);
    return result;
}

}  // namespace

/// Adds to one row of V Vᵀ, so much of it, the products with one column of V.
ATTEST_LANES void add_products(double factor, const double* column, std::size_t length, double* row) {
    for (std::size_t b = 0; b < length; ++b) row[b] += factor * column[b];
}

namespace {

/// V Vᵀ.
Matrix64 gram(const Matrix64& v) {
    const Matrix64 columns = transposed(v);
    Matrix64 product(v.rows, v.rows);
    for (std::size_t a = 0; a < v.rows; ++a) {
        for (std::size_t c = 0; c < v.columns; ++c)
            add_products(v.at(a, c), &columns.values[c * v.rows], a + 1, &product.values[a * v.rows]);
        for (std::size_t b = 0; b < a; ++b) product.at(b, a) = product.at(a, b);
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
