#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "attest/exact/interval.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/network/transformer.hpp"

namespace attest::soft {

/// Beyond so many symbols tables of positions by positions are too large to be made for a part of the words.
inline constexpr std::int64_t longest_in_part = 256;

/// Whether WordScores knows every feature of the model; what it does not know is for balls.
bool supports_words(const network::Transformer& transformer);

/// Scores of all words of one length, many at a time, enclosed in doubles: what does not reach a sign here may in balls.
///
/// Words that begin alike stand side by side, and what depends on some of their symbols only is computed once for all
/// that agree in these: before the first layer a position knows its own symbol, under a causal mask those up to itself.
class WordScores {
  public:
    /// Needs   supports_words(transformer)
    /// Throws  as Evaluator
    /// Cost    that of one word in balls and a table of biases, O(n²)
    WordScores(const network::Transformer& transformer, std::int64_t length);
    ~WordScores();
    WordScores(WordScores&&) noexcept;

    /// How many symbols at the end of a word a batch goes through.
    std::int64_t free_symbols() const;

    /// The scores of all words that begin so, in lexicographic order; fastest if prefixes come in that order.
    ///
    /// Shape   prefix: length − free_symbols()
    /// Exact   encloses the true values; `everything` where doubles do not suffice
    /// Cost    O(L H n² (dk + d) + L n d²) operations a word, less where words share
    const std::vector<exact::Interval>& scores(const language::Word& prefix);

    /// The scores of words that need not begin alike, in the order in which they are given.
    ///
    /// Shape   words: of the length each
    /// Exact   as scores()
    /// Cost    O(L H n² (dk + d) + L n d²) operations a word, for 16 words at least
    std::vector<exact::Interval> scores_of(const std::vector<language::Word>& words);

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace attest::soft
