// Columns are stored to a multiple of a tile beyond one period, so that a tile can be read from wherever a longer
// period's tile begins: periods are powers of |Σ|, and need not divide a tile.

#include "words_columns.hpp"

namespace attest::soft::words {

Columns::Columns(std::size_t rows, std::size_t period_, Span span_)
    : period(period_),
      stride(period % tile == 0   ? period
             : tile % period == 0 ? tile
                                  : rounded_up(period + tile, tile)),
      span(span_),
      values(rows * stride, 0),
      error(stride, 0),
      size(stride, 0) {}

Bound Columns::bound_at(std::size_t column) const {
    Bound bound;
    std::copy_n(error.begin() + static_cast<std::ptrdiff_t>(column % period), tile, bound.error.begin());
    std::copy_n(size.begin() + static_cast<std::ptrdiff_t>(column % period), tile, bound.size.begin());
    return bound;
}

void Columns::set_bound(std::size_t column, const Bound& bound) {
    std::copy(bound.error.begin(), bound.error.end(), error.begin() + static_cast<std::ptrdiff_t>(column));
    std::copy(bound.size.begin(), bound.size.end(), size.begin() + static_cast<std::ptrdiff_t>(column));
}

}  // namespace attest::soft::words
