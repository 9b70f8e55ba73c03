#pragma once

#include <cstdint>
#include <memory>

#include "attest/exact/interval.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/network/transformer.hpp"

namespace attest::soft {

/// Whether WordLogits knows every feature of the model, and it has classes; what it does not know is for balls.
bool supports_logits(const network::Transformer& transformer);

/// How far the logit of a class is above all others, of all words of one length, many at a time, enclosed in doubles:
/// as WordScores does scores.
class WordLogits {
  public:
    /// Needs   supports_logits(transformer)
    /// Throws  as Evaluator
    WordLogits(const network::Transformer& transformer, std::int64_t length);
    ~WordLogits();
    WordLogits(WordLogits&&) noexcept;

    /// How many symbols at the end of a word a batch goes through.
    std::int64_t free_symbols() const;

    /// Evaluates all words that begin so; fastest if prefixes come in lexicographic order.
    ///
    /// Shape   prefix: length − free_symbols()
    /// Cost    as WordScores::scores
    void run(const language::Word& prefix);

    /// The logit of the class less the greatest of the others.
    ///
    /// word    of those that begin as the prefix, in lexicographic order
    /// place   of those that are read, from 0
    /// Needs   two classes or more
    /// Exact   encloses the true value; `everything` where doubles do not suffice
    /// Cost    O(classes)
    exact::Interval lead(std::size_t word, std::size_t place, std::size_t of_class) const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace attest::soft
