#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "words_bounds.hpp"

namespace attest::soft::words {

inline std::size_t rounded_up(std::size_t x, std::size_t to) { return (x + to - 1) / to * to; }

/// Positions of the word (from 0) that a vector depends on, all between two; none: last < first.
struct Span {
    std::int64_t first = INT64_MAX, last = -1;

    void join(const Span& other) {
        first = std::min(first, other.first);
        last = std::max(last, other.last);
    }
    bool meets(std::int64_t from, std::int64_t to) const { return std::max(first, from) <= std::min(last, to); }
};

/// One vector for each word of a batch, in columns; they come again after `period` columns, and so on to the stride,
/// such that a whole tile can be read from any column below the period that is a tile's first, for whatever longer
/// period.
class Columns {
  public:
    Columns() = default;
    Columns(std::size_t rows, std::size_t period_, Span span_);

    /// The tile that begins with this column of a longer period.
    In at(std::size_t column, std::size_t row = 0) const {
        return {values.data() + row * stride + column % period, stride};
    }
    /// To be written; column < stride.
    Out tile_at(std::size_t column) { return {values.data() + column, stride}; }
    Bound bound_at(std::size_t column) const;
    void set_bound(std::size_t column, const Bound& bound);

    std::size_t period = 1, stride = tile;
    Span span;
    std::vector<double> values;       ///< [rows][stride]
    std::vector<double> error, size;  ///< [stride]
};

}  // namespace attest::soft::words
