#include "checker/soft/word_columns.hpp"

#include <algorithm>

// A tile may begin with any column of a period that is no multiple of the tile's size, and then goes beyond its end;
// where one writes them, tiles begin with multiples of their size, and the last may go beyond. Both find room, and the
// columns beyond the end are those from the beginning again.

namespace attest::checker {

void Span::join(const Span& other) {
    if (other.is_empty()) return;
    if (is_empty()) *this = other;
    first = std::min(first, other.first);
    last = std::max(last, other.last);
}

Columns::Columns(std::size_t row_count, std::size_t column_count, Span of)
    : rows(row_count), period(column_count), span(of) {
    // An odd number of cache lines, so that rows do not compete for the same places of the cache.
    const std::size_t lines = (period + 2 * tile + lanes - 1) / lanes;
    stride = lanes * (lines + (lines % 2 == 0 ? 1 : 0));
    values = AlignedDoubles(rows * stride);
}

void Columns::repeat() {
    if (period % tile == 0) return;
    for (std::size_t r = 0; r < rows; ++r) {
        double* row = values.data() + r * stride;
        for (std::size_t c = period; c < period + 2 * tile; ++c) row[c] = row[c - period];
    }
}

}  // namespace attest::checker
