#pragma once

#include "checker/doubles/attention_head.hpp"

// Scores and weighted means of one half of a tile, which heads have in common, however their scores become weights.

namespace attest::checker {

/// What one half of a tile works on; rows begin at the half's first column.
struct Half {
    ConstRows query;
    const Seen& seen;
    std::size_t first;  ///< column of the tile
    double* weights;    ///< a row of a tile for each position
};

/// The scores of so many positions from one on, into the weights: their sums do not wait for each other.
template <std::size_t together>
ATTEST_INLINE void scores_from(const Half& at_half, std::size_t dk, std::size_t j, Lanes& most) {
    const Lanes none = {};
    const Seen& seen = at_half.seen;
    Lanes sums[together];
    for (std::size_t k = 0; k < together; ++k) sums[k] = none + seen.biases[j + k];
    for (std::size_t r = 0; r < dk; ++r) {
        const Lanes query = at(at_half.query.row(r) + at_half.first);
#pragma GCC unroll 4
        for (std::size_t k = 0; k < together; ++k) sums[k] += query * at(seen.keys[j + k].row(r) + at_half.first);
    }
    for (std::size_t k = 0; k < together; ++k) {
        at(at_half.weights + (j + k) * tile) = sums[k];
        if (j + k == 0) most = sums[k];
        most = sums[k] > most ? sums[k] : most;
    }
}

/// Weights are the scores; gives the greatest.
ATTEST_INLINE void scores(const Half& at_half, std::size_t dk, Lanes& most) {
    const std::size_t count = at_half.seen.values.size();
    std::size_t j = 0;
    for (; j + 4 <= count; j += 4) scores_from<4>(at_half, dk, j, most);
    for (; j < count; ++j) scores_from<1>(at_half, dk, j, most);
}

/// So many rows of the mean from one on; adds up what the variance is made of.
template <std::size_t together>
ATTEST_INLINE void mean_from(const Half& at_half, std::size_t r, const Lanes& inverse, Rows result, Lanes& squares,
                             Lanes& square_of_mean) {
    const Seen& seen = at_half.seen;
    Lanes sums[together] = {}, second[together] = {};
    for (std::size_t j = 0; j < seen.values.size(); ++j) {
        const Lanes weight = at(at_half.weights + j * tile);
        const double* value = seen.values[j].row(r) + at_half.first;
#pragma GCC unroll 4
        for (std::size_t k = 0; k < together; ++k) {
            const Lanes each = at(value + k * seen.values[j].stride), weighted = weight * each;
            sums[k] += weighted;
            second[k] += weighted * each;
        }
    }
    for (std::size_t k = 0; k < together; ++k) {
        squares += second[k];
        sums[k] = sums[k] * inverse;
        square_of_mean += sums[k] * sums[k];
        at(result.row(r + k) + at_half.first) = sums[k];
    }
}

/// Gives the variance.
ATTEST_INLINE void mean(const Half& at_half, std::size_t dv, const Lanes& inverse, Rows result, Lanes& variance) {
    Lanes squares = {}, square_of_mean = {};
    std::size_t r = 0;
    for (; r + 4 <= dv; r += 4) mean_from<4>(at_half, r, inverse, result, squares, square_of_mean);
    for (; r < dv; ++r) mean_from<1>(at_half, r, inverse, result, squares, square_of_mean);
    variance = squares * inverse - square_of_mean;
}

}  // namespace attest::checker
