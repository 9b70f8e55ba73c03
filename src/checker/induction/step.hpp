#pragma once

#include <vector>

#include "checker/induction/values.hpp"
#include "checker/language/language.hpp"
#include "checker/translation/circuit.hpp"

namespace attest::checker {

/// One step of a model's machine and a language's automaton as a circuit (FORMAT.md, section 31).
struct MachineStep {
    Circuit circuit;  ///< inputs: those of a letter, then one a latch
    std::size_t letter_inputs;
    std::vector<bool> initial;  ///< by latch
    Literals next;              ///< by latch
    Literal bad = bottom;

    Literal latch(std::size_t k) const { return static_cast<Literal>(2 * (1 + letter_inputs + k)); }
};

/// Throws  Defect where section 31 has no machine
MachineStep build_step(const Question& question, const Automaton& automaton, const Scale& scale, Budget& budget);

}  // namespace attest::checker
