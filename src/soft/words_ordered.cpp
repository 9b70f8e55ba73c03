// Scores of batches as those who ask count words.

#include "words_ordered.hpp"

namespace attest::soft::words {

OrderedScores::OrderedScores(const Network& network, std::size_t free)
    : free_(free), batch_(network, free), order_(lexicographic(network.symbols, free)) {}

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
