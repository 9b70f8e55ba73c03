#pragma once

#include <vector>

#include "checker/soft/word_runs.hpp"

namespace attest::checker {

/// Whether doubles know the model and are worth it for fewer words than all: they look at each pair of positions, which
/// intervals need not where weights are all the same.
bool fits_some_words(const Model& model, std::size_t length);

/// Scores of words in doubles, many at a time.
class WordScores {
  public:
    struct Score {
        double value = 0;
        double error = 0;  ///< the true score is no further from the value
    };

    /// most_columns: so many words at a time, or fewer
    /// Needs  fits_doubles(*instance.model); the budget outlives this
    WordScores(const SoftInstance& instance, Budget& budget, std::uint64_t most_columns = 64);

    /// As WordRuns::together.
    Score operator()(const std::vector<std::size_t>& word);
    /// As WordRuns::alone.
    Score alone(const std::vector<std::size_t>& word);

  private:
    WordRuns runs_;
};

}  // namespace attest::checker
