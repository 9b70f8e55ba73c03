#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/ablate/parts.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/language/alphabet.hpp"
#include "soft/scores_without.hpp"

namespace attest::ablate {

/// Looks for words on which a softmax transformer without some parts is wrong, many words at a time, in doubles with bounds.
/// One set of parts after the other is asked about: the words that broke the last ones are tried first.
class Probe {
  public:
    struct Task {
        std::int64_t length = 0;
        std::uint64_t words = 0;  ///< all of the length
        /// Whether the word is to be accepted; none: not known.
        std::function<std::optional<bool>(const language::Word&)> expected;
        /// A score whose square is at most this can be moved to 0, and is wrong then; none: no score moves.
        std::optional<exact::Rational> reach = {};
    };

    /// Gives nothing where the transformer is not one whose scores are found so
    /// parts   that will be taken away: edges, or heads and feed-forward parts
    static std::unique_ptr<Probe> make(const network::Transformer& transformer, const std::vector<Part>& parts,
                                       Task task);

    /// Exact   yes: on a word that is given the rest is wrong
    /// Gives   nothing where doubles show no such word, or a limit came first
    /// Cost    for most sets that are not enough one batch of words, else all words
    std::optional<language::Word> wrong_word(const Removal& removal, const base::Limits& limits);

    /// Decides about the transformer without some parts by all words, each in doubles.
    ///
    /// bits    that are told to whoever evaluates the words again
    /// Exact   yes
    /// Gives   undecided where doubles leave a word open, or a limit came first
    decide::Outcome settle(const Removal& removal, long bits, const base::Limits& limits);

  private:
    /// The word of a number, less the symbols that vary within a batch.
    language::Word prefix_of(std::uint64_t number) const;

    Probe(const network::Transformer& transformer, std::vector<Part> readers, Task task);

    std::optional<language::Word> look(std::uint64_t prefix);
    bool is_wrong(const exact::Interval& score, const language::Word& word, std::uint64_t number);
    std::optional<bool> expected(const language::Word& word, std::uint64_t number);

    Task task_;
    std::size_t dimension_;
    std::vector<Part> readers_;            ///< heads to which edges lead that may be taken away
    network::Transformer model_;           ///< with a block of coordinates for each of these
    soft::ScoresWithout scores_;           ///< of it
    std::vector<std::uint64_t> prefixes_;  ///< numbers of prefixes, those that broke a set lately first
    std::vector<signed char> known_;       ///< by number of the word: 1 is to be accepted, 0 not, −1 not asked
};

}  // namespace attest::ablate
