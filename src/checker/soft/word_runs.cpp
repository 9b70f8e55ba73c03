#include "checker/soft/word_runs.hpp"

#include <algorithm>

// Words are asked for one by one in the order of their symbols, and evaluated by batches of all words that share all
// but their last symbols.

namespace attest::checker {
namespace {

/// What a batch holds should stay in the processor's caches.
constexpr std::uint64_t most_held = std::uint64_t{1} << 18;

std::size_t free_symbols(const WordNetwork& network, std::uint64_t most_columns) {
    std::size_t free = 0;
    std::uint64_t columns = 1;
    while (free < network.letters) {
        columns *= std::max<std::uint64_t>(network.symbols, 2);
        if (columns > most_columns || (columns > tile && WordBatch::held(network, columns) > most_held)) break;
        ++free;
    }
    return free;
}

std::size_t column_of(const std::vector<std::size_t>& word, std::size_t free, std::size_t symbols) {
    std::size_t column = 0;
    for (std::size_t i = word.size(); i-- > word.size() - free;) column = column * symbols + word[i];
    return column;
}

}  // namespace

WordRuns::WordRuns(WordNetwork network, Budget& budget, std::uint64_t most_columns)
    : network_(std::move(network)),
      free_(free_symbols(network_, most_columns)),
      budget_(budget),
      batch_(network_, free_, budget) {}

WordRuns::Place WordRuns::together(const std::vector<std::size_t>& word) {
    const auto end = word.begin() + static_cast<std::ptrdiff_t>(word.size() - free_);
    if (!has_run_ || !std::equal(word.begin(), end, prefix_.begin(), prefix_.end())) {
        prefix_.assign(word.begin(), end);
        batch_.run(prefix_);
        has_run_ = true;
    }
    return {batch_, column_of(word, free_, network_.symbols)};
}

WordRuns::Place WordRuns::alone(const std::vector<std::size_t>& word) {
    if (!alone_) alone_.emplace(network_, 0, budget_);
    alone_->run(word);
    return {*alone_, 0};
}

}  // namespace attest::checker
