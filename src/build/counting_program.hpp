#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/dfa.hpp"

namespace attest::build {

/// A sum of multiples of counters and a constant that is 0, or at least 0. Counters are the program's #[…], in order.
struct CounterFact {
    std::vector<std::pair<std::uint32_t, mpz_class>> terms;  ///< by counter, ascending
    mpz_class constant;
    bool is_equation = false;
};

struct CountingProgram {
    std::string text;          ///< C-RASP (src/programs/crasp/README.md)
    std::size_t counters = 0;  ///< how often it counts
    std::size_t depth = 0;     ///< how deep counts are nested
    /// What holds of the counters after a word, by the state that it leads to: one of several lists.
    std::vector<std::vector<std::vector<CounterFact>>> invariant;
};

/// A C-RASP program that accepts what the automaton accepts, but for the empty word, which such programs reject.
///
/// automaton  minimal
/// Throws     Unsupported where counting does not tell the states of a component apart, so that the language is not in C-RASP
///            ([yang2026algebraic], Theorem 15), or components can be left in too many ways
/// Source     [yang2026algebraic]; the construction is ours: head of counting_program.cpp
CountingProgram counting_program(const language::Dfa& automaton, const base::Limits& limits = {});

}  // namespace attest::build
