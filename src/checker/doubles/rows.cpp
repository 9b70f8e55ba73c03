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

/// By their bits: shifted by that of the sign, those of 0 are 0, and of nothing else. What is no number stays none.
ATTEST_LANES std::size_t rectify(std::size_t rows, Rows x, std::uint32_t* occupied) {
    const Lanes zero = {};
    std::size_t count = 0;
    for (std::size_t r = 0; r < rows; ++r) {
        Whole bits = {};
        for (std::size_t first = 0; first < tile; first += lanes) {
            const Lanes value = at(x.row(r) + first), entry = value > zero ? value : value * 0;
            at(x.row(r) + first) = entry;
            bits |= (Whole)entry << 1;
        }
        bits |= __builtin_shufflevector(bits, bits, 4, 5, 6, 7, 0, 1, 2, 3);
        bits |= __builtin_shufflevector(bits, bits, 2, 3, 0, 1, 6, 7, 4, 5);
        occupied[count] = static_cast<std::uint32_t>(r);
        count += (bits[0] | bits[1]) != 0 ? 1 : 0;
    }
    return count;
}

void rectify(std::size_t rows, Rows x, std::vector<std::uint32_t>& occupied) {
    occupied.resize(rows);
    occupied.resize(rectify(rows, x, occupied.data()));
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

ATTEST_LANES void greatest_entries(std::size_t rows, ConstRows x, double* most) {
    const Lanes none = {};
    for (std::size_t first = 0; first < tile; first += lanes) {
        Lanes all = {};
        for (std::size_t r = 0; r < rows; ++r) {
            const Lanes entry = at(x.row(r) + first), size = entry > none ? entry : -entry;
            all = size <= all ? all : size;  // what is no number comes to stand there
            all = all == all ? all : none + infinite;
        }
        at(most + first) = all;
    }
}

double greatest_of_entries(std::size_t rows, ConstRows x) {
    double each[tile], most = 0;
    greatest_entries(rows, x, each);
    for (const double entry : each) most = std::max(most, entry < greatest ? entry : infinite);
    return most;
}

/// x y − x̂ ŷ = (x − x̂) y + x̂ (y − ŷ), entry by entry, where |y| <= |ŷ| + error; and ‖x y‖ <= ‖x‖ max |y|.
Bound bound_of_products(const BoundOfEntries& x, const BoundOfEntries& y) {
    const double size = x.whole.size * y.entry;
    return bounded(x.whole.error * (y.entry + y.whole.error) + x.entry * y.whole.error + unit * size, 1.001 * size);
}

}  // namespace attest::checker
