#pragma once

#include <vector>

#include "attest/language/dfa.hpp"

namespace attest::language {

/// The first words that the automaton accepts, or rejects: shorter ones first, of one length in the order of the alphabet.
///
/// from     the least length of words that count
/// Gives    at most `most`; fewer if there are fewer among the words of at most from + 2 |Q| symbols, which are all if they are
///          finitely many, or if the next ones have more than 4096 symbols (fewer beyond 2^16 states)
/// Cost     O(most |Q|² |Σ|)
std::vector<Word> shortest_words(const Dfa& automaton, bool accepted, std::size_t most, std::size_t from = 0);

}  // namespace attest::language
