// From the last vectors to scores, or to logits.

#include <algorithm>

#include "words_batch.hpp"

namespace attest::soft::words {

exact::Interval around(double middle, double error) {
    if (!(error < greatest) || !(std::abs(middle) < greatest)) return exact::everything;
    return {exact::below(middle - error), exact::above(middle + error)};
}

Batch::Vector Batch::last_vector(std::size_t position, std::size_t column) {
    const Columns& last = before(states_.size(), position);
    const Vector x{last.at(column), last.bound_at(column)};
    return network_.final_norm ? normalise(*network_.final_norm, x, room(normed_)) : x;
}

/// The sum of what is read, or their mean.
Batch::Vector Batch::pooled(std::size_t column) {
    std::fill(sum_.begin(), sum_.end(), 0);
    Vector y{{sum_.data(), tile}, {}};
    y.bound.error.fill(0);
    y.bound.size.fill(0);
    for (const std::size_t p : network_.read) {
        const Vector x = last_vector(p, column);
        for (std::size_t c = 0; c < network_.dimension; ++c)
            for (std::size_t k = 0; k < tile; ++k) sum_[c * tile + k] += x.values.data[c * x.values.stride + k];
        for (std::size_t k = 0; k < tile; ++k) {
            y.bound.error[k] = bounded(y.bound.error[k] + x.bound.error[k]);
            y.bound.size[k] = bounded(y.bound.size[k] + x.bound.size[k]);
        }
    }
    const std::size_t m = network_.read.size();
    const double parts = *network_.pooling == Network::Pooling::mean ? static_cast<double>(m) : 1;
    for (std::size_t c = 0; c < network_.dimension * tile; ++c) sum_[c] /= parts;
    for (std::size_t k = 0; k < tile; ++k) {
        y.bound.error[k] = bounded((y.bound.error[k] + rounding_of(m) * y.bound.size[k]) / parts);
        y.bound.size[k] = bounded(y.bound.size[k] / parts);
    }
    return y;
}

void Batch::read(std::size_t place) {
    Columns& to = read_[place];
    for (std::size_t column = 0; column < to.width; column += tile) {
        const Vector x = network_.pooling ? pooled(column) : last_vector(network_.read[place], column);
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
