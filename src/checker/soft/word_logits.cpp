#include "checker/soft/word_logits.hpp"

#include <algorithm>

// A logit differs from the true one by no more than the vector of all does; so a difference of two by at most twice
// that, and what its own subtraction is rounded by. The same holds of the least of several differences, with the worst
// of their errors.

namespace attest::checker {

WordLogits::WordLogits(const SoftInstance& instance, Budget& budget, std::uint64_t most_columns)
    : runs_(network_in_doubles(instance, budget, true), budget, most_columns), budget_(budget) {}

WordScores::Score WordLogits::operator()(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted) {
    return least_lead(runs_.together(word), wanted);
}

WordScores::Score WordLogits::alone(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted) {
    return least_lead(runs_.alone(word), wanted);
}

std::vector<std::size_t> WordLogits::leading(const std::vector<std::size_t>& word, std::size_t readouts) {
    const WordRuns::Place place = runs_.together(word);
    const std::size_t classes = runs_.network().logits.map.outputs();
    std::vector<std::size_t> leading(readouts, 0);
    budget_.step(readouts, classes);
    for (std::size_t k = 0; k < readouts; ++k) {
        const ConstRows rows = place.batch.logits(k).at(place.column);
        for (std::size_t c = 1; c < classes; ++c)
            if (rows.row(c)[0] > rows.row(leading[k])[0]) leading[k] = c;
    }
    return leading;
}

WordScores::Score WordLogits::least_lead(const WordRuns::Place& place, const std::vector<std::size_t>& wanted) const {
    const std::size_t classes = runs_.network().logits.map.outputs();
    WordScores::Score least{infinite, 0};
    budget_.step(wanted.size(), classes);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
        const Columns& logits = place.batch.logits(k);
        const ConstRows rows = logits.at(place.column);
        double others = -infinite;
        for (std::size_t c = 0; c < classes; ++c)
            if (c != wanted[k]) others = std::max(others, rows.row(c)[0]);
        const Bound bound = bound_of_sum(logits.bounds.front(), logits.bounds.front());
        least = {std::min(least.value, rows.row(wanted[k])[0] - others), std::max(least.error, bound.error)};
    }
    return least;
}

}  // namespace attest::checker
