#pragma once

#include <optional>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/soft/word_batch.hpp"

namespace attest::checker {

/// How many symbols at the end of a word a batch goes through, such that it has so many columns or fewer.
std::size_t free_symbols(const WordNetwork& network, std::uint64_t most_columns);

/// The column of a word in its batch.
std::size_t column_of(const std::vector<std::size_t>& word, std::size_t free, std::size_t symbols);

/// Scores of words in doubles, many at a time.
class WordScores {
  public:
    struct Score {
        double value = 0;
        double error = 0;  ///< the true score is no further from the value
    };

    /// most_columns: so many words at a time, or fewer
    /// Needs  fits_doubles(*instance.model); the budget outlives this
    WordScores(const SoftInstance& instance, Budget& budget, std::uint64_t most_columns = 256);

    /// Words are best asked for in the order of their symbols: those that share a beginning are evaluated together.
    Score operator()(const std::vector<std::size_t>& word);
    /// The score of this word only, with bounds that need to hold for no other: slower by far, and sometimes nearer.
    Score alone(const std::vector<std::size_t>& word);

  private:
    WordNetwork network_;
    std::size_t free_;
    Budget& budget_;
    WordBatch batch_;
    std::optional<WordBatch> alone_;
    std::vector<std::size_t> prefix_;
    bool has_run_ = false;
};

}  // namespace attest::checker
