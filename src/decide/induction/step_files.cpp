#include "step_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "circuit/gates.hpp"
#include "circuit/simulate.hpp"

namespace attest::induction {

using circuit::Literal;

namespace {

void append_gates(std::string& text, const circuit::Circuit& circuit) {
    text += ",\n\"gates\": [";
    for (circuit::Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        fmt::format_to(std::back_inserter(text), "{}\n[\"{}\"", v == circuit.first_gate() ? "" : ",",
                       circuit::row_of(circuit.kind(v)).name);
        for (const Literal l : circuit.fan_ins(v)) fmt::format_to(std::back_inserter(text), ", {}", l.code());
        text += "]";
    }
    text += "]";
}

}  // namespace

std::string machine_json(const StepCircuit& step) {
    std::string text =
        fmt::format("{{\"format\": \"attest/machine\",\n\"version\": 1,\n\"inputs\": {},\n\"latches\": [",
                    step.letter_inputs + step.guess_inputs);
    for (std::size_t k = 0; k < step.latches(); ++k)
        fmt::format_to(std::back_inserter(text), "{}\n{{\"initial\": {}, \"next\": {}}}", k == 0 ? "" : ",",
                       step.initial[k] ? 1 : 0, step.next[k].code());
    text += "]";
    append_gates(text, step.circuit());
    fmt::format_to(std::back_inserter(text), ",\n\"bad\": {}}}\n", step.bad.code());
    return text;
}

std::string invariant_json(const Conjunction& invariant) {
    std::string text = fmt::format("{{\"format\": \"attest/invariant\",\n\"version\": 1,\n\"latches\": {}",
                                   invariant.circuit.input_count());
    append_gates(text, invariant.circuit);
    text += ",\n\"conjuncts\": [";
    for (std::size_t k = 0; k < invariant.conjuncts.size(); ++k)
        fmt::format_to(std::back_inserter(text), "{}{}", k == 0 ? "" : ", ", invariant.conjuncts[k].code());
    text += "]}\n";
    return text;
}

bool holds_at_first(const Conjunction& invariant, const StepCircuit& step) {
    const std::vector<bool> values = circuit::evaluate(invariant.circuit, invariant.conjuncts, step.initial);
    return std::find(values.begin(), values.end(), false) == values.end();
}

}  // namespace attest::induction
