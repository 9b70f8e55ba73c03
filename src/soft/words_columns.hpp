#pragma once

#include <algorithm>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

#include "words_bounds.hpp"

namespace attest::soft::words {

inline std::size_t rounded_up(std::size_t x, std::size_t to) { return (x + to - 1) / to * to; }

/// Memory that begins where a cache line does, so that no vector that a kernel reads lies across two.
template <typename T>
struct CacheLines {
    using value_type = T;
    static constexpr std::align_val_t alignment{64};

    T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), alignment)); }
    void deallocate(T* at, std::size_t) { ::operator delete(at, alignment); }
    bool operator==(const CacheLines&) const { return true; }
};
using AlignedDoubles = std::vector<double, CacheLines<double>>;

/// Positions of the word (from 0) that a vector depends on, all between two; none: last < first.
struct Span {
    std::int64_t first = INT64_MAX, last = -1;

    void join(const Span& other) {
        first = std::min(first, other.first);
        last = std::max(last, other.last);
    }
    bool meets(std::int64_t from, std::int64_t to) const { return std::max(first, from) <= std::min(last, to); }
};

/// One vector for each word of a batch, in columns; they come again after `period` columns, and so on to the width,
/// such that a whole tile can be read from any column below the period that is a tile's first, for whatever longer
/// period.
class Columns {
  public:
    Columns() = default;
    Columns(std::size_t rows, std::size_t period_, Span span_);
    Columns(Columns&&) noexcept = default;
    Columns& operator=(Columns&&) noexcept = default;

    /// Where the tile begins that begins with this column of a longer period.
    std::size_t own(std::size_t column) const { return column < period ? column : column % period; }
    In at(std::size_t column) const { return {values.data() + own(column), stride}; }
    /// To be written; column < width.
    Out tile_at(std::size_t column) { return {values.data() + column, stride}; }
    Bound bound_at(std::size_t column) const;
    void set_bound(std::size_t column, const Bound& bound);

    std::size_t period = 1, width = tile;
    std::size_t stride = tile;  ///< from row to row
    Span span;
    AlignedDoubles values;          ///< [rows][stride], and then the bounds
    std::span<double> error, size;  ///< [width], of the values
};

}  // namespace attest::soft::words
