#pragma once

#include "first_attention.hpp"
#include "last_attention.hpp"

namespace attest::influence {

/// The logits of one word with one symbol exchanged, each from what all of them share.
class Exchange {
  public:
    /// Needs   a network that attends; `net` and `word` to outlive this
    Exchange(const ForwardPass& net, const language::Word& word);

    /// The logit of the word itself.
    double unchanged() const { return unchanged_; }
    /// The logit with `to` at position p of the word, from 0.
    double logit(std::size_t p, language::Symbol to);

  private:
    double from_first();
    double by_layers();
    double by_last_attention();
    double by_last_units();
    bool sums_units() const;
    void before_next_attention(std::size_t b, double* y);

    const ForwardPass& net_;
    const language::Word& word_;
    FirstAttention first_;
    const std::size_t last_;  ///< the last layer that attends
    const bool sums_units_;
    const double unchanged_;
};

}  // namespace attest::influence
