#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "attest/network/transformer.hpp"

namespace attest::influence {

/// A softmax model at one length in doubles: fast, for searches; never under a verdict.
///
/// Exact   heuristic: results are rounded, about 1e-13 of the largest term
class FloatNetwork {
  public:
    /// Throws  UsageError for hard or average attention; Unsupported if its arrays exceed the memory
    FloatNetwork(const network::Transformer& transformer, std::int64_t length, std::size_t memory_bytes);
    ~FloatNetwork();
    FloatNetwork(FloatNetwork&&) noexcept;

    /// The readout weight · y + bias.
    /// Cost    O(L n² (dk + dv) + n d²); the last layer only for the readout position; O(n d²) where attention is
    ///         uniform
    double logit(const language::Word& word) const;

    /// The logits of the words in which one symbol is replaced by `to`, by position; of the word itself where it is
    /// that.
    ///
    /// The first attention layer is updated, not computed again: a changed symbol alters one key and one value, and so
    /// one summand of each numerator and denominator. Of the last layer only the readout position is computed.
    /// Cost    O(n² (dk + dv + d²)) for two layers of attention, O(n d²) for one, O(n³) for more
    std::vector<double> replaced(const language::Word& word, language::Symbol to) const;

    std::int64_t length() const;
    /// About how many operations `replaced` takes, and `logit`.
    double operations() const;
    double pass_operations() const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace attest::influence
