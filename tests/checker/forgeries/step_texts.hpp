#pragma once

#include <string>

#include "checker/induction/step.hpp"
#include "checker/kernel/formula.hpp"

/// The files of a step, written after FORMAT.md, section 31.
namespace forgeries {

inline std::string machine_text(const attest::checker::MachineStep& step) {
    const auto gates = [&] {
        std::string text;
        for (std::size_t g = 0; g < step.circuit.gates(); ++g) {
            text += (g == 0 ? "[\"" : ", [\"") +
                    std::string(step.circuit.kind(g) == attest::checker::Circuit::Gate::parity ? "xor" : "and") + "\"";
            for (const attest::checker::Literal l : step.circuit.fanin(g)) text += ", " + std::to_string(l);
            text += "]";
        }
        return text;
    };
    std::string latches;
    for (std::size_t k = 0; k < step.initial.size(); ++k)
        latches += (k == 0 ? "" : ", ") + ("{\"initial\": " + std::string(step.initial[k] ? "1" : "0") +
                                           ", \"next\": " + std::to_string(step.next[k]) + "}");
    return "{\"format\": \"attest/machine\", \"version\": 1, \"inputs\": " + std::to_string(step.letter_inputs) +
           ", \"latches\": [" + latches + "], \"gates\": [" + gates() + "], \"bad\": " + std::to_string(step.bad) + "}";
}

inline std::string text_of(const attest::checker::Formula& formula) {
    std::string text = "p cnf " + std::to_string(formula.variables) + " " + std::to_string(formula.clauses()) + "\n";
    for (std::size_t c = 0; c < formula.clauses(); ++c) {
        for (const std::int32_t l : formula.clause(c)) text += std::to_string(l) + " ";
        text += "0\n";
    }
    return text;
}

}  // namespace forgeries
