// Columns are stored to a multiple of a tile beyond one period, so that a tile can be read from wherever a longer
// period's tile begins: periods are powers of |Σ|, and need not divide a tile. Rows are an odd number of cache lines
// apart, since those that lie a power of two apart compete for the same few places of a cache.

#include "words_columns.hpp"

namespace attest::soft::words {

namespace {

constexpr std::size_t line = 8;  // doubles of a cache line
static_assert(tile % (2 * line) == 0, "a tile is an even number of lines");

}  // namespace

Columns::Columns(std::size_t rows, std::size_t period_, Span span_)
    : period(period_),
      width(period % tile == 0   ? period
            : tile % period == 0 ? tile
                                 : rounded_up(period + tile, tile)),
      stride(width + line),
      span(span_),
      values((rows + 2) * stride, 0),
      error(values.data() + rows * stride, width),
      size(error.data() + stride, width) {}

Bound Columns::bound_at(std::size_t column) const {
    Bound bound;
    std::copy_n(error.begin() + static_cast<std::ptrdiff_t>(own(column)), tile, bound.error.begin());
    std::copy_n(size.begin() + static_cast<std::ptrdiff_t>(own(column)), tile, bound.size.begin());
    return bound;
}

void Columns::set_bound(std::size_t column, const Bound& bound) {
    std::copy(bound.error.begin(), bound.error.end(), error.begin() + static_cast<std::ptrdiff_t>(column));
    std::copy(bound.size.begin(), bound.size.end(), size.begin() + static_cast<std::ptrdiff_t>(column));
}

}  // namespace attest::soft::words
