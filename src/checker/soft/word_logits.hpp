#pragma once

#include <vector>

#include "checker/soft/word_scores.hpp"

namespace attest::checker {

/// By how much classes lead on words, in doubles, many words at a time.
class WordLogits {
  public:
    /// Needs  has_words(*instance.model), two classes or more; the budget outlives this
    WordLogits(const SoftInstance& instance, Budget& budget, std::uint64_t most_columns = 256);

    /// The least, over the readouts, of the logit of the class that is wanted less the greatest of the others.
    ///
    /// Shape  wanted: a class for each readout
    /// Words as those of WordRuns::together.
    WordScores::Score operator()(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted);
    /// The class of the greatest value at each of so many readouts; which is the greatest in truth, the others tell.
    std::vector<std::size_t> leading(const std::vector<std::size_t>& word, std::size_t readouts);
    /// As WordRuns::alone.
    WordScores::Score alone(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted);

  private:
    WordScores::Score least_lead(const WordRuns::Place& place, const std::vector<std::size_t>& wanted) const;

    WordRuns runs_;
    Budget& budget_;
};

}  // namespace attest::checker
