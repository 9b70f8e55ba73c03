#pragma once

#include <vector>

#include "network/seq2seq/seq2seq.hpp"

namespace attest::network {

/// What a head that selects chose at one time.
struct ChainChoice {
    std::size_t layer = 0;  ///< from 1
    bool cross = false;
    std::size_t head = 0;                ///< from 1
    std::vector<std::size_t> positions;  ///< of greatest score: times from 0, or encoder positions from 1
};

/// An encoder–decoder on one word, one vector at a time.
class Seq2seqRun {
  public:
    /// Throws  Unsupported for softmax attention; InputError for an expression without value
    Seq2seqRun(const Seq2seq& network, const std::vector<std::size_t>& tokens);

    /// y_t
    const exact::Vector& output() const { return y_; }
    std::size_t time() const { return time_; }
    bool accepts() const;
    /// From y_t to y_(t+1).
    ///
    /// Exact   yes
    /// Cost    O(heads (n + t) (dk + d)) rational operations
    void step();
    /// What heads that have queries chose in the last step.
    const std::vector<ChainChoice>& choices() const { return choices_; }

  private:
    /// What a head looks at: keys where it has any, values; where it has none, their sum is enough.
    struct Memory {
        std::vector<exact::Vector> keys, values;
        exact::Vector sum;
    };

    std::vector<exact::Vector> encode(const std::vector<std::size_t>& tokens) const;
    void remember(const ChainHead& head, const exact::Vector& x, Memory& memory) const;
    void attend(const ChainAttention& part, std::vector<Memory>& memory, std::size_t layer, bool cross,
                exact::Vector& x);
    exact::Vector look(const ChainAttention& part, const ChainHead& head, const Memory& memory, const exact::Vector& x,
                       ChainChoice& choice) const;

    const Seq2seq& network_;
    std::size_t time_ = 0;
    exact::Vector y_;
    std::vector<std::vector<Memory>> self_, cross_;  ///< [layer][head]
    std::vector<ChainChoice> choices_;
};

}  // namespace attest::network
