#pragma once

#include <span>
#include <vector>

#include "attest/exact/ball.hpp"
#include "attest/exact/matrix.hpp"
#include "words_bounds.hpp"

namespace attest::soft::words {

/// A double within 2 u |x| + 2^-100 of the number; infinite where there is none such.
double near(const exact::Rational& number);
double near(const exact::Ball& number);
/// The same of their sum.
double near_sum(const exact::Rational& a, const exact::Rational& b);

/// The Euclidean norm, from above.
double length(std::span<const double> vector);

/// A matrix of doubles, row by row.
struct Dense {
    Dense(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), entries(row_count * column_count, 0) {}
    double& at(std::size_t r, std::size_t c) { return entries[r * columns + c]; }
    double at(std::size_t r, std::size_t c) const { return entries[r * columns + c]; }

    std::size_t rows, columns;
    std::vector<double> entries;
};

/// The spectral norm, from above: the least of Frobenius' norm, √(‖A‖₁ ‖A‖∞), and, for up to 256 rows or columns, ‖(A
/// Aᵀ)^16‖^(1/32).
/// Cost    O(rows columns min(rows, columns))
double spectral_norm(const Dense& matrix);

/// Of W x + b, with doubles for its numbers.
AffineBound bound_of(const Dense& matrix, std::span<const double> bias);

/// An affine map in doubles, as kernels read it, with what it does to bounds.
struct Map {
    Map() = default;
    /// Needs   bias.size() == matrix.rows
    Map(const Dense& matrix, std::vector<double> shift);
    /// The same, where one knows what it does to bounds, or does not ask.
    Map(const Dense& matrix, std::vector<double> shift, const AffineBound& known);

    /// Rows of what a kernel writes: the outputs, and zeros to a whole block.
    std::size_t stored_rows() const { return blocks * block; }

    /// Makes some columns 0. Bounds of the matrix stay: those of a matrix with fewer columns are no greater.
    void clear_columns(std::size_t from, std::size_t count);
    /// Makes the entries of some rows and columns 0, from the first to before the last.
    /// Needs   the bounds of the matrix hold without them
    void clear(std::size_t first_row, std::size_t last_row, std::size_t first_column, std::size_t last_column);
    /// Puts another shift in the place of the bias.
    /// Needs   shift.size() == outputs
    void set_bias(std::vector<double> shift);
    /// The same, one for each position, with bounds that hold for all of them.
    void set_biases(std::vector<std::vector<double>> shifts);
    const std::vector<double>& bias_at(std::size_t position) const {
        return by_position.empty() ? bias : by_position[position];
    }

    std::size_t inputs = 0, outputs = 0, blocks = 0;
    std::vector<double> weight;                         ///< [blocks][inputs][block], rows beyond the outputs are 0
    std::vector<double> bias;                           ///< [blocks × block]
    std::vector<std::vector<double>> by_position = {};  ///< in its place, where it depends on the position
    AffineBound bound;
};

/// Puts rows of a map, each number times `factor` if there is one, at a place of a matrix and a bias.
void put(const exact::AffineMap& map, const exact::Ball* factor, Dense& matrix, std::vector<double>& bias,
         std::size_t row, std::size_t column = 0);

/// Φ, the distribution function of a normal variable, and its derivative at −9, −9 + 1/64, … 9.
/// Exact   within 2^-52
struct NormalTable {
    NormalTable();
    std::vector<double> values, slopes;
};

}  // namespace attest::soft::words
