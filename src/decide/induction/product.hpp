#pragma once

#include "attest/decide/induction/induction.hpp"
#include "steps.hpp"

namespace attest::induction {

/// A model, and an automaton to hold it against.
struct Product {
    const network::Transformer& model;
    const language::Dfa& automaton;
    const std::vector<language::Symbol>& meaning;  ///< of each model symbol
    std::int64_t from = 0;                         ///< 0: of the empty word as well
    std::size_t most = std::size_t{1} << 22;       ///< pairs of states that are looked at
};

/// What a search of the product of machine and automaton found.
struct Search {
    std::uint64_t pairs = 0;                           ///< of states that words lead to
    std::optional<decide::Counterexample> difference;  ///< on a shortest word
    std::optional<verdict::Undecided> stopped;
};

/// Searches the product breadth first, again and again until the machine no longer grows.
/// Throws  Unsupported as Machine
Search search(Machine& machine, const Product& product, const base::Limits& limits);

}  // namespace attest::induction
