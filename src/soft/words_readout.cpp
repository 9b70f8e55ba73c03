// From the last vectors to scores, or to logits.

#include <algorithm>

#include "words_batch.hpp"

namespace attest::soft::words {

exact::Interval around(double middle, double error) {
    if (!(error < greatest) || !(std::abs(middle) < greatest)) return exact::everything;
    return {exact::below(middle - error), exact::above(middle + error)};
}

void Batch::read(std::size_t place) {
    const Columns& last = before(states_.size(), network_.read[place]);
    Columns& to = read_[place];
    for (std::size_t column = 0; column < to.width; column += tile) {
        Vector x{last.at(column), last.bound_at(column)};
        if (network_.final_norm) x = normalise(*network_.final_norm, x, normed_);
        const Bound bound = apply(network_.readout, x, false, to.tile_at(column));
        to.set_bound(column, network_.accept.empty() ? bound : compare_classes(to.tile_at(column), bound));
    }
}

/// The greatest logit of accepted classes less that of the others: as two logits are wrong by at most √2 times the
/// error of the vector of all, so is the difference.
Bound Batch::compare_classes(Out rows, Bound bound) const {
    for (std::size_t k = 0; k < tile; ++k) {
        double best[2] = {-infinite, -infinite};
        for (std::size_t c = 0; c < network_.accept.size(); ++c) {
            double& most = best[network_.accept[c] ? 1 : 0];
            most = std::max(most, rows.data[c * rows.stride + k]);
        }
        rows.data[k] = best[1] - best[0];
        bound.error[k] = bounded(1.4143 * bound.error[k] + 4 * unit * bound.size[k]);
    }
    return bound;
}

}  // namespace attest::soft::words
