#pragma once

#include <optional>
#include <vector>

#include "attest/language/dfa.hpp"

namespace attest::classify {

/// Words that lead where they are needed in a minimal automaton.
class WordFinder {
  public:
    explicit WordFinder(const language::Dfa& automaton) : automaton_(automaton) {}

    /// The shortest word from the one state to the other; none if there is none.
    std::optional<language::Word> path(language::Dfa::State from, language::Dfa::State to) const;
    /// The shortest word to a state.
    language::Word access(language::Dfa::State to) const { return path(automaton_.start, to).value(); }
    /// The shortest word that is accepted from just one of two different states.
    language::Word separate(language::Dfa::State p, language::Dfa::State r) const;

  private:
    const language::Dfa& automaton_;
};

}  // namespace attest::classify
