#pragma once

#include "attest/decide/induction/induction.hpp"
#include "machine.hpp"

namespace attest::induction {

/// The most pairs of states that are looked at.
constexpr std::size_t most_pairs = std::size_t{1} << 22;

/// What a search of the product of machine and automaton found.
struct Search {
    std::uint64_t pairs = 0;                           ///< of states that words lead to
    std::optional<decide::Counterexample> difference;  ///< on a shortest word
    std::optional<verdict::Undecided> stopped;
};

/// Searches the product breadth first, again and again until the machine no longer grows.
/// Throws  Unsupported as Machine
Search search(Machine& machine, const Question& question, const language::Dfa& automaton, const base::Limits& limits);

}  // namespace attest::induction
