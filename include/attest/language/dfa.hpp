#pragma once

#include <cstdint>
#include <vector>

#include "attest/base/json.hpp"
#include "attest/language/alphabet.hpp"

namespace attest::language {

/// A complete deterministic finite automaton.
struct Dfa {
    using State = std::uint32_t;

    Alphabet alphabet;
    State start = 0;
    std::vector<bool> accepting;                 ///< by state
    std::vector<std::vector<State>> transition;  ///< [state][symbol]

    std::size_t size() const { return accepting.size(); }
    bool accepts(const Word& word) const;
};

/// The minimal complete automaton of the same language, its states numbered by breadth-first search from the
/// start, symbols in order: unique for the language and the alphabet.
/// Cost    O(m k log m) for m states, k symbols (Hopcroft)
Dfa minimize(const Dfa& automaton);

/// An automaton file (src/certify/FORMAT.md, section 3).
/// Throws  InputError with the place in the file.
Dfa read_dfa(const base::JsonNode& document);

/// The automaton of a regular expression (syntax: FORMAT.md, section 3), minimal.
/// Throws  InputError at `where:column`; Unsupported beyond `most_states` states.
Dfa parse_regex(const std::string& pattern, const Alphabet& alphabet, const std::string& where,
                std::size_t most_states = 100000);

}  // namespace attest::language
