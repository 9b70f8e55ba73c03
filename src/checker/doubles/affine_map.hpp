#pragma once

#include <cstdint>
#include <vector>

#include "checker/doubles/lanes.hpp"
#include "checker/doubles/number.hpp"

namespace attest::checker {

/// A matrix in doubles, with how far its entries are from the true ones.
struct Matrix64 {
    Matrix64(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), values(row_count * column_count, 0) {}

    double& at(std::size_t r, std::size_t c) { return values[r * columns + c]; }
    double at(std::size_t r, std::size_t c) const { return values[r * columns + c]; }

    std::size_t rows, columns;
    std::vector<double> values;  ///< row by row
    double radius = 0;           ///< at least the Euclidean norm of the differences of entries
};

Matrix64 transposed(const Matrix64& w);

/// What a map y = W x + b makes of bounds: ‖W‖ of the matrix of doubles, its Euclidean norm ‖W‖_F >= ‖|W|‖, how far it
/// is from the true one, and the same of b.
struct MapBound {
    std::size_t rows = 0;
    std::size_t terms = 0;  ///< columns
    double norm = 0;
    double entries = 0;
    double radius = 0;
    Bound bias;

    /// The bound of y, computed as a sum of products, b and, where there is one, another vector in any order.
    Bound operator()(const Bound& x, const Bound& added = {}) const;
};

MapBound bound_of(const Matrix64& matrix, const Bound& bias);

/// An affine map in doubles.
class AffineMap {
  public:
    /// Shape   bias: one number a row
    AffineMap(const Matrix64& matrix, std::vector<double> bias);

    std::size_t outputs() const { return rows_; }
    std::size_t inputs() const { return columns_; }
    /// Rows that a result must have room for, and numbers that a bias has.
    std::size_t room() const { return (rows_ + rows_at_once - 1) / rows_at_once * rows_at_once; }
    /// y = W x + b, or with another b, of a tile. Needs room() rows in y; x and y lie apart.
    void apply(ConstRows x, Rows y, const std::vector<double>* bias = nullptr) const;
    /// The same where all rows of x but these are 0.
    void apply(ConstRows x, const std::vector<std::uint32_t>& occupied, Rows y,
               const std::vector<double>* bias = nullptr) const;

  private:
    static constexpr std::size_t rows_at_once = 4;

    std::size_t rows_, columns_;
    std::vector<double> packed_;  ///< four rows at a time, column by column
    std::vector<double> bias_;    ///< as many as there is room for
};

}  // namespace attest::checker
