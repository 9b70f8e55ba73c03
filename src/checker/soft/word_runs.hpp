#pragma once

#include <optional>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/soft/word_batch.hpp"

namespace attest::checker {

/// A network on words that are asked for one by one, many of which it evaluates at a time.
class WordRuns {
  public:
    /// Where a word is: the batch that was run, and the word's column in it.
    struct Place {
        const WordBatch& batch;
        std::size_t column;
    };

    /// most_columns: so many words at a time, or fewer
    /// Needs  the budget outlives this
    WordRuns(WordNetwork network, Budget& budget, std::uint64_t most_columns);
    WordRuns(const WordRuns&) = delete;  // batches refer to the network

    const WordNetwork& network() const { return network_; }

    /// Words are best asked for in the order of their symbols: those that share a beginning are evaluated together.
    Place together(const std::vector<std::size_t>& word);
    /// This word only, with bounds that need to hold for no other: slower by far, and sometimes nearer.
    Place alone(const std::vector<std::size_t>& word);

  private:
    WordNetwork network_;
    std::size_t free_;  ///< so many symbols at the end of a word a batch goes through
    Budget& budget_;
    WordBatch batch_;
    std::optional<WordBatch> alone_;
    std::vector<std::size_t> prefix_;
    bool has_run_ = false;
};

}  // namespace attest::checker
