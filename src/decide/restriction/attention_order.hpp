#pragma once

#include <map>

#include "activations.hpp"
#include "attest/network/transformer.hpp"

namespace attest::restriction {

/// What one head at one position, holding one value, may look at: positions in the order of the greatest score that they can
/// reach, ties as the attention breaks them, up to the first beyond which it never looks.
struct AttentionOrder {
    struct Place {
        std::size_t position;  ///< of the sequence, from 0
        ValueId best;          ///< a value with which it reaches its greatest score
    };
    std::vector<Place> places;
    std::size_t head = 0, asking = 0;  ///< whose it is
    ValueId value = 0;                 ///< held at the asking position
    /// The last place cannot be beaten, whatever its value; else there are no more places.
    bool settled = false;
};

/// The scores of one layer of hard attention over tabulated activations.
class Scores {
  public:
    Scores(const network::Transformer& transformer, std::size_t layer, std::int64_t n, const Pool& pool);

    const exact::Rational& score(std::size_t head, std::size_t asking, ValueId query, std::size_t asked, ValueId key);
    AttentionOrder order(std::size_t head, std::size_t asking, ValueId value,
                         const std::vector<Activation>& activations);
    /// Which of two positions of equal score is taken.
    bool prefers(std::size_t one, std::size_t other) const {
        return attention_.tie == network::Tie::left ? one < other : one > other;
    }
    const network::Attention& attention() const { return attention_; }

  private:
    struct Asked;
    Asked asked(std::size_t head, std::size_t asking, ValueId value, std::size_t position,
                const std::vector<Activation>& activations);

    const network::Attention& attention_;
    std::int64_t n_;
    const Pool& pool_;
    std::vector<exact::Rational> scales_;
    std::map<std::pair<std::size_t, ValueId>, exact::Vector> queries_, keys_;  // by head and value
    std::map<std::vector<std::size_t>, exact::Rational> products_, scores_;    // by head and what they depend on
};

}  // namespace attest::restriction
