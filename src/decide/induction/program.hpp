#pragma once

#include <functional>
#include <string>
#include <vector>

#include "attest/decide/induction/induction.hpp"
#include "programs/brasp/program.hpp"

namespace attest::induction {

/// Does a B-RASP program recognise the language at every length? It is read symbol by symbol, not compiled.
struct ProgramQuestion {
    const programs::brasp::Program& program;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each program symbol
    std::int64_t from = 0;                  ///< 0: of the empty word as well; 1: of all others
};

/// Decides by words that repeat a short one, then by all states that words lead to, then by an invariant of one step of program and
/// automaton.
///
/// Gives   a counterexample, by definition, which may not be a shortest one; or a closure or an invariant; undecided where a limit was
///         exceeded
/// Throws  Unsupported for a language without automaton, an attention that is asked in more than 4,096 ways
Outcome prove(const ProgramQuestion& question, const base::Limits& limits,
              const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::induction
