#pragma once

#include <string>
#include <vector>

#include "attest/language/dfa.hpp"

/// Automata of the built-in regular languages, minimal and numbered as FORMAT.md (section 3) asks.
namespace attest::language {

/// A regular language over {0, 1} that takes no parameters.
struct FixedRegular {
    std::string name;
    std::vector<Dfa::State> accepting;
    std::vector<std::vector<Dfa::State>> transition;  ///< start 0; [state][symbol]
    bool (*contains)(const Word&);                    ///< by definition

    Dfa automaton() const;
};
const std::vector<FixedRegular>& fixed_regular();

Alphabet binary();

/// The number of ones is `remainder` modulo `modulus`.
Dfa modulo_automaton(std::uint64_t modulus, std::uint64_t remainder);

/// D₁ = (ab)*, Dₙ = (a Dₙ₋₁ b)*: balanced, at most `depth` deep.
Dfa nested_automaton(std::uint64_t depth);

/// Words with this factor (Knuth, Morris, Pratt).
Dfa factor_automaton(const Word& factor, const Alphabet& alphabet);

}  // namespace attest::language
