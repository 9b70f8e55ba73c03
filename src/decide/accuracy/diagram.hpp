#pragma once

#include <gmpxx.h>

#include <compare>
#include <map>
#include <optional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/compile/inputs.hpp"
#include "attest/decide/accuracy/accuracy.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/verdict/verdict.hpp"
#include "measure/function/diagram.hpp"

namespace attest::accuracy {

/// A set of words of one length as a decision diagram over the inputs of a circuit: what can be said of all of them
/// without a list.
class SetOfWords {
  public:
    /// Needs   no assignment that leads to true is none of a word (Inputs::exactly_one)
    SetOfWords(measure::Diagram diagram, const compile::Inputs& inputs, const base::Limits& limits);

    /// How many of the words have k of the symbol, for k = 0 … length. Nothing where a limit comes first.
    ///
    /// Exact   yes
    /// Cost    O(nodes · inputs) additions
    std::optional<std::vector<mpz_class>> by_number(language::Symbol symbol) const;

    /// How many have their first neighbour outside of the set, by a change of one symbol, at each position; the last entry:
    /// those without one. Nothing where diagrams grow too large, or a limit comes first.
    ///
    /// Exact   yes
    std::optional<std::vector<mpz_class>> by_position();

    /// The set as a diagram over the symbols of words, positions in the order in which this one tests them. Nothing where that has
    /// more than so many nodes, or a limit comes first.
    ///
    /// Exact   yes
    std::optional<WordDiagram> by_symbols(std::size_t most);

    /// The first words in the order of the alphabet, at most so many; fewer also where a limit comes first.
    std::vector<language::Word> first(std::size_t most);

  private:
    using Index = measure::Diagram::Index;

    struct Key {
        std::uint32_t level;
        Index low, high;
        auto operator<=>(const Key&) const = default;
    };
    Index node(std::uint32_t level, Index low, Index high);
    Index both(Index a, Index b);
    /// What is left where the position has the symbol; no input of the position is tested any more.
    Index fix(Index of, std::int64_t position, language::Symbol symbol);
    using Values = std::vector<std::optional<bool>>;  // by level
    struct Fixed {
        Values values;
        std::uint32_t last = 0;  ///< the greatest level with a value
    };
    Index fix(Index of, const Fixed& fixed, std::unordered_map<Index, Index>& known);
    /// What holds whatever symbol the position has.
    Index whatever_at(Index of, std::int64_t position);
    bool stopped() const { return too_large_ || limits_.exceeded().has_value(); }
    mpz_class count(Index of) const;
    void find(Index of, language::Word& prefix, std::size_t most, std::vector<language::Word>& found);

    measure::Diagram diagram_;
    const compile::Inputs& inputs_;
    const base::Limits& limits_;
    std::vector<std::uint32_t> level_;  ///< of an input, from 0
    std::map<Key, Index> numbers_;      ///< of nodes: equal ones are one
    std::unordered_map<std::uint64_t, Index> products_;
    bool too_large_ = false;
};

}  // namespace attest::accuracy
