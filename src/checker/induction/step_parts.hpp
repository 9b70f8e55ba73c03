#pragma once

#include <span>
#include <vector>

#include "checker/language/language.hpp"
#include "checker/translation/circuit.hpp"

namespace attest::checker {

// What the steps of sections 31, 36 and 40 of FORMAT.md have in common.

/// By list: that one of its literals is true.
Literals any_of_each(Circuit& circuit, std::vector<Literals> cases);

/// The automaton's states after a letter. Where the letter has yet to come (a begin symbol is read) they stay as they are.
///
/// letters  [symbol of the model]: the automaton's symbol
/// present  [symbol of the model]: that it is read
/// states   [state]: that it is the one before
/// comes    that a letter is read
/// Cost     O(states² · letters), drawn from the budget
Literals next_states(Circuit& circuit, const Automaton& automaton, const std::vector<std::size_t>& letters,
                     const Literals& present, std::span<const Literal> states, Literal comes, Budget& budget);

}  // namespace attest::checker
