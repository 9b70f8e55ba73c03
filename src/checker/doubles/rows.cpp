#include "checker/doubles/rows.hpp"

#include <algorithm>
#include <cmath>

// What is done to vectors entry by entry, a tile at a time, and what it makes of bounds. Sizes are measured of what was
// computed, so that they are as small as they can be; a size that is no number, or too great, is infinite.

namespace attest::checker {

void copy_rows(std::size_t rows, ConstRows x, Rows y) {
    for (std::size_t r = 0; r < rows; ++r) std::copy_n(x.row(r), tile, y.row(r));
}

void clear_rows(std::size_t rows, Rows y) {
    for (std::size_t r = 0; r < rows; ++r) std::fill_n(y.row(r), tile, 0);
}

ATTEST_LANES void add_rows(std::size_t rows, ConstRows x, Rows y) {
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t first = 0; first < tile; first += lanes) at(y.row(r) + first) += at(x.row(r) + first);
}

ATTEST_LANES void multiply_rows(std::size_t rows, ConstRows x, Rows y) {
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t first = 0; first < tile; first += lanes) at(y.row(r) + first) *= at(x.row(r) + first);
}

ATTEST_LANES void scale_rows(std::size_t rows, double factor, Rows y) {
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t first = 0; first < tile; first += lanes) at(y.row(r) + first) *= factor;
}

ATTEST_LANES void sum_squares(std::size_t rows, ConstRows x, double* sums) {
    for (std::size_t first = 0; first < tile; first += lanes) {
        Lanes sum = {};
        for (std::size_t r = 0; r < rows; ++r) sum += at(x.row(r) + first) * at(x.row(r) + first);
        at(sums + first) = sum;
    }
}

double greatest_size(std::size_t rows, ConstRows x) {
    double sums[tile], most = 0;
    sum_squares(rows, x, sums);
    for (const double sum : sums) most = std::max(most, sum < greatest * greatest ? sum : infinite);
    return upward(std::sqrt(most) + lost_squares);
}

/// Each entry is rounded once.
Bound bound_of_sum(const Bound& x, const Bound& y) {
    const double size = x.size + y.size;
    return bounded(x.error + y.error + unit * size, size);
}

/// x y − x̂ ŷ = (x − x̂) y + x̂ (y − ŷ), entry by entry, and ‖x y‖ <= max |x| ‖y‖ <= ‖x‖ ‖y‖.
Bound bound_of_products(const Bound& x, const Bound& y) {
    return bounded(x.error * (y.size + y.error) + x.size * y.error + unit * x.size * y.size, 1.001 * x.size * y.size);
}

}  // namespace attest::checker
