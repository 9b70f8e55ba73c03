#pragma once

#include <cstdint>
#include <vector>

#include "checker/doubles/rows.hpp"

namespace attest::checker {

/// Symbols of a word that something depends on: from one to another, from 0. None: last < first.
struct Span {
    std::size_t first = 1, last = 0;

    bool is_empty() const { return last < first; }
    void join(const Span& other);
};

/// Doubles that begin where a cache line does.
class AlignedDoubles {
  public:
    AlignedDoubles() = default;
    explicit AlignedDoubles(std::size_t count) : lines_((count + lanes - 1) / lanes) {}

    double* data() { return lines_.empty() ? nullptr : lines_.front().values; }
    const double* data() const { return lines_.empty() ? nullptr : lines_.front().values; }

  private:
    struct alignas(64) Line {
        double values[lanes] = {};
    };
    std::vector<Line> lines_;
};

/// A vector for each word of a batch. In column c stands that of the word c; the first of the symbols that a batch goes
/// through changes fastest, so that a vector that depends on no later symbol than the t-th of them repeats after |Σ|^t
/// columns, and so many are kept.
struct Columns {
    Columns() = default;
    Columns(std::size_t row_count, std::size_t column_count, Span of);

    /// The tile that begins with this column of the batch.
    ConstRows at(std::size_t column) const { return {values.data() + column % period, stride}; }
    /// To be written: a tile that begins with a multiple of its size.
    Rows tile_at(std::size_t column) { return {values.data() + column, stride}; }
    bool is_made() const { return period > 0; }
    /// To be called after all tiles are written: repeats the first columns after the last.
    void repeat();

    std::size_t rows = 0, period = 0, stride = 0;
    Span span;
    AlignedDoubles values;
    std::vector<Bound> bounds;  ///< of the vector, or of each of its parts
};

}  // namespace attest::checker
