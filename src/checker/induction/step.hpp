#pragma once

#include <vector>

#include "checker/induction/values.hpp"
#include "checker/language/language.hpp"
#include "checker/translation/circuit.hpp"

namespace attest::checker {

/// One step of a model's machine and a language's automaton as a circuit (FORMAT.md, section 31).
struct MachineStep {
    Circuit circuit;            ///< inputs: those of a letter, those of guesses, then one a latch
    std::size_t letter_inputs;  ///< and of guesses
    std::vector<bool> initial;  ///< by latch
    Literals next;              ///< by latch
    Literal bad = bottom;

    Literal latch(std::size_t k) const { return static_cast<Literal>(2 * (1 + letter_inputs + k)); }
};

/// Throws  Defect where section 31 has no machine
MachineStep build_step(const Question& question, const Automaton& automaton, const Scale& scale, Budget& budget);

/// The same where heads see to the right, or within a window: what is there is guessed, or kept (FORMAT.md, section 40).
MachineStep build_guessed_step(const Question& question, const Automaton& automaton, const Scale& scale,
                               Budget& budget);

}  // namespace attest::checker
