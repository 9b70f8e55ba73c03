#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "attest/exact/interval.hpp"
#include "attest/network/transformer.hpp"

namespace attest::soft {

/// A part of a transformer that is taken away, and what it then adds.
struct TakenAway {
    std::size_t layer = 0;                    ///< from 0
    std::size_t head = 0;                     ///< from 0; not of the feed-forward part
    bool feedforward = false;                 ///< the part is that
    const exact::Vector* constant = nullptr;  ///< [d]; null: 0
    const std::vector<exact::Vector>* by_position =
        nullptr;  ///< [position][d], in its place; null: the same everywhere
    /// Of a head only what it adds to these coordinates, if the second is not 0: one of several blocks that are alike.
    std::size_t first_row = 0, last_row = 0;

    bool takes(std::size_t row) const { return last_row == 0 || (first_row <= row && row < last_row); }
};

/// Scores of all words of one length without some parts of a softmax transformer, one set of parts after the other, many
/// words at a time: the numbers of the transformer are made once.
class ScoresWithout {
  public:
    /// most_columns  so many words at a time, if they fit the processor's caches
    /// Needs   supports_words(transformer), which outlives this
    /// Throws  as WordScores
    ScoresWithout(const network::Transformer& transformer, std::int64_t length, std::size_t most_columns);
    ~ScoresWithout();

    /// Whether parts may be taken away: no layer stands more often than once.
    bool can_take_away() const;
    /// What is taken away from now on, in place of what was before.
    /// Needs   can_take_away(); the parts are its own
    /// Cost    a copy of the maps
    void take_away(const std::vector<TakenAway>& parts);

    /// How many symbols at the end of a word go through all values at a time.
    std::int64_t free_symbols() const;
    /// The scores of all words that begin so, in lexicographic order; as WordScores::scores.
    const std::vector<exact::Interval>& scores(const language::Word& prefix);

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace attest::soft
