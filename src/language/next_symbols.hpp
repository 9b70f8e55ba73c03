#pragma once

#include <string>
#include <vector>

#include "attest/language/language.hpp"

namespace attest::language {

/// Which symbols may come next, so that some word of the language begins like this, and whether the word may end here.
///
/// Source  Suzgun, Gehrmann, Belinkov & Shieber 2019; Bhattamishra, Ahuja & Goyal 2020 (character prediction)
class NextSymbols {
  public:
    /// Throws  UsageError for a language that is not defined at every length (a table), or that lies in a file (dfa)
    explicit NextSymbols(Language language);

    const Language& language() const { return language_; }
    /// After each prefix of the word but the empty one: a digit for each symbol of the alphabet in order, 1 if a word of
    /// the language begins with the prefix and this symbol, then 1 if the prefix is a word of the language, else 0.
    ///
    /// Exact   yes
    /// Cost    O(N |Σ|) states, and N memberships
    std::vector<std::string> labels(const Word& word) const;

  private:
    Language language_;
    std::vector<bool> alive_;  ///< by state of the automaton of a regular language: some word leads to acceptance
};

}  // namespace attest::language
