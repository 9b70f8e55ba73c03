// From the last vectors to scores.

#include <algorithm>

#include "words_batch.hpp"

namespace attest::soft::words {

void Batch::read() {
    const Columns& last = before(states_.size(), network_.readout_position);
    for (std::size_t column = 0; column < scores_.stride; column += tile) {
        Vector x{last.at(column), last.bound_at(column)};
        if (network_.final_norm) x = normalise(*network_.final_norm, x, normed_);
        const Bound bound = apply(network_.readout, x, false, scores_.tile_at(column));
        scores_.set_bound(column, network_.accept.empty() ? bound : compare_classes(column, bound));
    }
}

/// The greatest logit of accepted classes less that of the others: as two logits are wrong by at most √2 times the
/// error of the vector of all, so is the difference.
Bound Batch::compare_classes(std::size_t column, Bound bound) {
    const Out rows = scores_.tile_at(column);
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
