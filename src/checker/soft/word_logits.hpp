#pragma once

#include <optional>
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
    /// Words are best asked for in the order of their symbols.
    WordScores::Score operator()(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted);
    /// The same with bounds that need to hold for this word only: slower by far, and sometimes nearer.
    WordScores::Score alone(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted);

  private:
    WordScores::Score least_lead(const WordBatch& batch, std::size_t column,
                                 const std::vector<std::size_t>& wanted) const;

    WordNetwork network_;
    std::size_t free_;
    Budget& budget_;
    WordBatch batch_;
    std::optional<WordBatch> alone_;
    std::vector<std::size_t> prefix_;
    bool has_run_ = false;
};

}  // namespace attest::checker
