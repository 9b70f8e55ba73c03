#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "attest/network/evaluate.hpp"

namespace attest::network {

/// What a model of hard, average or sparsemax attention says of all words of one length, many at a time: whole numbers over
/// a common denominator, in 64 bits, in 128 where they overflow, and of any size where these do. The same results as
/// Evaluator's, in a fraction of its time.
class ExactWords {
  public:
    /// Nothing for models that this does not pay for (or does not know: gates, norms, rotations).
    /// Throws  as Evaluator
    static std::optional<ExactWords> make(const Transformer& transformer, std::int64_t length);

    ~ExactWords();
    ExactWords(ExactWords&&) noexcept;
    ExactWords& operator=(ExactWords&&) noexcept;

    /// Fastest if words come in lexicographic order: words that begin as the one before are known already.
    ///
    /// Exact   yes
    /// Needs   a model that decides
    /// Cost    O(L H n² (dk + d) + L n d²) operations a word, much less where words share
    bool accepts(const language::Word& word);
    Evaluation evaluate(const language::Word& word);
    /// By class, of any model but those that answer at each position; of one without classes its score.
    exact::Vector logits(const language::Word& word);

    /// How many batches took numbers of 64 bits, of 128, and of any size.
    struct Widths {
        std::uint64_t narrow = 0, middle = 0, wide = 0;
    };
    const Widths& widths() const;

  private:
    class Implementation;
    explicit ExactWords(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace attest::network
