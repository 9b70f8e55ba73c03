#pragma once

#include <functional>
#include <vector>

#include "checker/translation/letters.hpp"

namespace attest::checker {

/// An automaton unrolled over the steps of one word length; states may mean something else at each step.
struct Layered {
    std::size_t start = 0;
    /// The state after step t (1 … N) from the state before it, reading the letter.
    std::function<std::size_t(std::size_t t, std::size_t state, std::size_t letter)> next;
    std::function<bool(std::size_t state)> accepting;
};

/// The circuit of "the layered automaton accepts the word".
Literal layered_literal(Circuit& circuit, const Letters& letters, const Layered& automaton);

/// The states of a truth table over words of one length: its distinct sub-tables, in the numbering of
/// FORMAT.md.
///
/// Shape   table: 2^length bits
/// Cost    steps and memory for each bit, drawn before they are taken
Layered table_automaton(const std::vector<bool>& table, std::size_t length, Budget& budget);

}  // namespace attest::checker
