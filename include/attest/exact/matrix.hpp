#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "attest/exact/rational.hpp"

namespace attest::exact {

/// A matrix by its entries that are not zero.
struct Matrix {
    using Entry = std::pair<std::uint32_t, Rational>;  ///< column, value ≠ 0

    std::size_t columns = 0;
    std::vector<std::vector<Entry>> rows;  ///< each in ascending order of columns

    std::size_t row_count() const { return rows.size(); }
    bool operator==(const Matrix&) const = default;
};

/// y = W x + b; b may be empty (zero).
///
/// Shape   weight: [outputs × inputs]; bias: [outputs] or empty
struct AffineMap {
    Matrix weight;
    Vector bias;

    std::size_t inputs() const { return weight.columns; }
    std::size_t outputs() const { return weight.row_count(); }
    bool operator==(const AffineMap&) const = default;
};

/// Needs   x.size() == map.inputs()
/// Exact   yes
Vector apply(const AffineMap& map, const Vector& x);

/// One row, with its zeros.
Vector dense_row(const Matrix& matrix, std::size_t row);

/// The product of the transposed a with b.
Rational dot(const Vector& a, const Vector& b);

/// a += b
void add_to(Vector& a, const Vector& b);

/// max(0, x) in each coordinate.
void rectify(Vector& x);

}  // namespace attest::exact
