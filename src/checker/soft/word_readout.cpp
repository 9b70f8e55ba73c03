#include <algorithm>
#include <cmath>

#include "checker/soft/word_layer.hpp"

// The score: of the vector that is read, or the sum or mean of several, one logit, or the greatest of the accepted
// classes minus the greatest of the others. Two greatest numbers are no further apart than the numbers are. Where logits
// are kept they stand as they are, with the bound of the vector of all.

namespace attest::checker {
namespace {

/// The sum of what is read, in a tile; gives the least deviation within the final norm.
double sum_up(const WordNetwork& network, const std::vector<const Columns*>& x, std::size_t column, Room& room,
              Rows sum) {
    const std::size_t d = network.dimension;
    const Rows normed = room(Room::normed, d);
    double least = infinite;
    for (const Columns* each : x) {
        copy_rows(d, each->at(column), normed);
        if (network.final_norm) least = std::min(least, network.final_norm->apply(normed, normed));
        if (each == x.front()) copy_rows(d, normed, sum);
        else add_rows(d, normed, sum);
    }
    if (network.mean) scale_rows(d, 1 / static_cast<double>(x.size()), sum);
    return least;
}

/// A mean is a sum times the inverse of their number: two roundings.
Bound bound_of_read(const WordNetwork& network, const std::vector<const Columns*>& x, double least) {
    Bound sum;
    for (const Columns* each : x) {
        const Bound& bound = each->bounds.front();
        sum = bound_of_sum(sum, network.final_norm ? network.final_norm->bound(bound, least) : bound);
    }
    if (!network.mean) return sum;
    const auto n = static_cast<double>(x.size());
    return bounded((sum.error + 3 * unit * sum.size) / n, 1.001 * sum.size / n);
}

/// Row 0 of the logits becomes the score.
void compare_classes(const std::vector<bool>& accepted, Rows logits) {
    for (std::size_t k = 0; k < tile; ++k) {
        double best[2] = {-infinite, -infinite};
        for (std::size_t c = 0; c < accepted.size(); ++c)
            best[accepted[c] ? 1 : 0] = std::max(best[accepted[c] ? 1 : 0], logits.row(c)[k]);
        logits.row(0)[k] = best[1] - best[0];
    }
}

}  // namespace

void read_out(const WordNetwork& network, const std::vector<const Columns*>& x, Columns& to, Room& room,
              Budget& budget) {
    const bool compares = !network.keeps_logits && !network.accepted.empty();
    const AffineMap& map = network.logits.map;
    const Rows sum = room(Room::sum, network.dimension), logits = room(Room::result, map.room());
    double least = infinite;
    for (std::size_t column = 0; column < to.period; column += tile) {
        budget.step(64 + network.dimension * (map.outputs() + x.size()));
        least = std::min(least, sum_up(network, x, column, room, sum));
        map.apply(sum, logits);
        if (compares) compare_classes(network.accepted, logits);
        copy_rows(to.rows, logits, to.tile_at(column));
    }
    to.repeat();
    const Bound bound = network.logits.bound()(bound_of_read(network, x, least));
    to.bounds = {compares ? bound_of_sum(bound, bound) : bound};
}

}  // namespace attest::checker
