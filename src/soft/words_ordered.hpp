#pragma once

#include "attest/exact/interval.hpp"
#include "words_batch.hpp"

namespace attest::soft::words {

/// The scores of all words that share a prefix, in lexicographic order, with an interval around each.
class OrderedScores {
  public:
    /// Needs   the network outlives this, and does not change
    OrderedScores(const Network& network, std::size_t free);

    std::size_t free() const { return free_; }

    /// Shape   prefix: letters − free
    /// Exact   encloses the true values; `everything` where doubles do not suffice
    const std::vector<exact::Interval>& scores(const std::vector<std::uint32_t>& prefix);

  private:
    std::size_t free_;
    Batch batch_;
    std::vector<std::size_t> order_;  ///< column of each word
    std::vector<exact::Interval> scores_;
};

}  // namespace attest::soft::words
