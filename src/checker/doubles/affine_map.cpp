#include "checker/doubles/affine_map.hpp"

#include "checker/doubles/spectral_norm.hpp"

// Let W, b be the true numbers, Ŵ, b̂ the doubles. As W x + b − (Ŵ x̂ + b̂) = Ŵ (x − x̂) + (W − Ŵ) x + b − b̂, and ‖x‖
// <= size + error, this differs by at most ‖Ŵ‖ error + ‖W − Ŵ‖ (size + error) + ‖b − b̂‖. What is computed differs in
// each entry from Ŵ x̂ + b̂ + â by at most γ (|Ŵ| |x̂| + |b̂| + |â|), γ for the terms of its sum: as a vector by γ
// (‖Ŵ‖_F size + ‖b̂‖ + ‖â‖).

namespace attest::checker {

Matrix64 transposed(const Matrix64& w) {
    Matrix64 result(w.columns, w.rows);
    for (std::size_t r = 0; r < w.rows; ++r)
        for (std::size_t c = 0; c < w.columns; ++c) result.at(c, r) = w.at(r, c);
    result.radius = w.radius;
    return result;
}

Bound MapBound::operator()(const Bound& x, const Bound& added) const {
    const double sizes = entries * x.size + bias.size + added.size, rounding = rounding_of(terms + 3) * sizes;
    return bounded(norm * x.error + radius * (x.size + x.error) + bias.error + added.error + rounding,
                   norm * x.size + bias.size + added.size + rounding);
}

MapBound bound_of(const Matrix64& matrix, const Bound& bias) {
    return {.rows = matrix.rows,
            .terms = matrix.columns,
            .norm = spectral_norm(matrix),
            .entries = size_of(matrix.values),
            .radius = matrix.radius,
            .bias = bias};
}

AffineMap::AffineMap(const Matrix64& matrix, std::vector<double> bias)
    : rows_(matrix.rows), columns_(matrix.columns), bias_(std::move(bias)) {
    bias_.resize(room(), 0);
    packed_.assign(room() * columns_, 0);
    for (std::size_t r = 0; r < rows_; ++r)
        for (std::size_t c = 0; c < columns_; ++c)
            packed_[r / rows_at_once * rows_at_once * columns_ + c * rows_at_once + r % rows_at_once] = matrix.at(r, c);
}

namespace {

/// Of a map so many columns: all of them.
struct AllColumns {
    std::size_t count;
    ATTEST_INLINE std::size_t operator[](std::size_t k) const { return k; }
};

/// Some.
struct SomeColumns {
    std::size_t count;
    const std::uint32_t* columns;
    ATTEST_INLINE std::size_t operator[](std::size_t k) const { return columns[k]; }
};

/// Four rows of y.
template <typename Columns>
ATTEST_INLINE void four_rows(const double* weights, const double* b, const Columns& columns, ConstRows x, Rows y) {
    const Lanes none = {};
    Lanes a0 = none + b[0], a1 = none + b[1], a2 = none + b[2], a3 = none + b[3];
    Lanes b0 = a0, b1 = a1, b2 = a2, b3 = a3;
    for (std::size_t k = 0; k < columns.count; ++k) {
        const double *const from = x.row(columns[k]), *const w = weights + 4 * columns[k];
        const Lanes left = at(from), right = at(from + lanes);
        a0 += w[0] * left, b0 += w[0] * right;
        a1 += w[1] * left, b1 += w[1] * right;
        a2 += w[2] * left, b2 += w[2] * right;
        a3 += w[3] * left, b3 += w[3] * right;
    }
    at(y.row(0)) = a0, at(y.row(0) + lanes) = b0;
    at(y.row(1)) = a1, at(y.row(1) + lanes) = b1;
    at(y.row(2)) = a2, at(y.row(2) + lanes) = b2;
    at(y.row(3)) = a3, at(y.row(3) + lanes) = b3;
}

}  // namespace

ATTEST_LANES void multiply(const double* packed, const double* bias, std::size_t rows, std::size_t columns, ConstRows x,
                           Rows y) {
    for (std::size_t r = 0; r < rows; r += 4)
        four_rows(packed + r * columns, bias + r, AllColumns{columns}, x, y.from(r));
}

ATTEST_LANES void multiply_some(const double* packed, const double* bias, std::size_t rows, std::size_t columns,
                                const std::uint32_t* some, std::size_t count, ConstRows x, Rows y) {
    for (std::size_t r = 0; r < rows; r += 4)
        four_rows(packed + r * columns, bias + r, SomeColumns{count, some}, x, y.from(r));
}

void AffineMap::apply(ConstRows x, Rows y, const std::vector<double>* bias) const {
    multiply(packed_.data(), (bias == nullptr ? bias_ : *bias).data(), rows_, columns_, x, y);
}

/// A product with 0 adds nothing.
void AffineMap::apply(ConstRows x, const std::vector<std::uint32_t>& occupied, Rows y,
                      const std::vector<double>* bias) const {
    multiply_some(packed_.data(), (bias == nullptr ? bias_ : *bias).data(), rows_, columns_, occupied.data(),
                  occupied.size(), x, y);
}

}  // namespace attest::checker
