#pragma once

#include "checker/induction/step.hpp"
#include "checker/induction/straight_program.hpp"

namespace attest::checker {

/// One step of a B-RASP program and a language's automaton (FORMAT.md, section 36.2).
struct StraightStep {
    MachineStep step;
    bool accepts_empty_word = false;
};

/// letters  of the program's alphabet, the symbol of the automaton that each means
/// Throws   Defect for an attention that asks in too many ways
StraightStep build_straight_step(const StraightProgram& program, const std::vector<std::size_t>& letters,
                                 const Automaton& automaton, Budget& budget);

}  // namespace attest::checker
