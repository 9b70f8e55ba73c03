#pragma once

#include <vector>

#include "attest/language/dfa.hpp"
#include "programs/brasp/program.hpp"
#include "step_circuit.hpp"

namespace attest::induction {

/// One step of a B-RASP program and a language's automaton: for each attention, and each way in which it is asked, what it would find.
///
/// automaton  the language's, over its symbols
/// meaning    of each program symbol
/// Throws     Unsupported for an attention that is asked in more than 4,096 ways
/// Source     FORMAT.md, section 36.2, gate for gate
StepCircuit program_step(const programs::brasp::Program& program, const language::Dfa& automaton,
                         const std::vector<language::Symbol>& meaning);

}  // namespace attest::induction
