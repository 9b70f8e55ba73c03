#pragma once

#include <cstdint>
#include <vector>

#include "checker/doubles/bound.hpp"
#include "checker/doubles/lanes.hpp"

namespace attest::checker {

/// y = x, y = 0, of so many rows of a tile.
void copy_rows(std::size_t rows, ConstRows x, Rows y);
void clear_rows(std::size_t rows, Rows y);
/// y += x.
void add_rows(std::size_t rows, ConstRows x, Rows y);
/// y becomes the product of the entries of x and y.
void multiply_rows(std::size_t rows, ConstRows x, Rows y);
void scale_rows(std::size_t rows, double factor, Rows y);

/// max(0, x) of each number of so many rows, and which rows then have another number than 0, in order.
void rectify(std::size_t rows, Rows x, std::vector<std::uint32_t>& occupied);

/// The greatest norm of a column of so many rows; infinite where one is too great or no number.
double greatest_size(std::size_t rows, ConstRows x);

/// The greatest |entry| of so many rows; infinite likewise.
double greatest_of_entries(std::size_t rows, ConstRows x);

/// The bound of a sum.
Bound bound_of_sum(const Bound& x, const Bound& y);

/// What is known of a vector of which no computed entry is greater than `entry`.
struct BoundOfEntries {
    Bound whole;
    double entry;
};
/// The bound of the vector of products of entries.
Bound bound_of_products(const BoundOfEntries& x, const BoundOfEntries& y);

}  // namespace attest::checker
