// Scores of batches as those who ask count words: in lexicographic order the last symbol changes fastest, in a batch the
// first free one.

#include "words_ordered.hpp"

#include <cmath>

namespace attest::soft::words {

namespace {

/// Batches whose numbers are no more than these stay in the processor's caches.
constexpr std::size_t most_numbers = std::size_t{1} << 18;

exact::Interval around(double middle, double error) {
    if (!(error < greatest) || !(std::abs(middle) < greatest)) return exact::everything;
    return {exact::below(middle - error), exact::above(middle + error)};
}

}  // namespace

std::size_t free_symbols(const Network& network, std::size_t most_columns) {
    std::size_t free = 0, columns = 1;
    while (free < network.letters && columns < most_columns) {
        const std::size_t more = columns * network.symbols;
        if (columns >= tile && Batch::numbers_of(network, more) > most_numbers) break;
        columns = more;
        ++free;
    }
    return free;
}

OrderedScores::OrderedScores(const Network& network, std::size_t free) : free_(free), batch_(network, free) {
    for (std::size_t k = 0; k < batch_.columns(); ++k) {
        std::size_t column = 0, rest = k;
        for (std::size_t t = 0; t < free; ++t, rest /= network.symbols)
            column = column * network.symbols + rest % network.symbols;
        order_.push_back(column);
    }
}

const std::vector<exact::Interval>& OrderedScores::scores(const std::vector<std::uint32_t>& prefix) {
    batch_.run(prefix);
    const Columns& found = batch_.scores();
    scores_.clear();
    for (const std::size_t column : order_) {
        const std::size_t k = column % found.period;
        scores_.push_back(around(found.values[k], found.error[k]));
    }
    return scores_;
}

}  // namespace attest::soft::words
