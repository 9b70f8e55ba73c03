#include "circuit/sequential.hpp"

#include <algorithm>

#include "attest/base/error.hpp"
#include "circuit/simulate.hpp"

namespace attest::circuit {

SequentialRun run(const Sequential& circuit, const std::vector<std::vector<bool>>& inputs) {
    std::vector<Literal> roots;
    for (const Port& port : circuit.step.constraints()) roots.push_back(port.literal);
    for (const Port& port : circuit.bad) roots.push_back(port.literal);
    for (const Latch& latch : circuit.latches) roots.push_back(latch.next);
    const auto constraints = static_cast<std::ptrdiff_t>(circuit.step.constraints().size());
    const auto bad = static_cast<std::ptrdiff_t>(circuit.bad.size());
    SequentialRun result;
    for (const Latch& latch : circuit.latches) result.latches.push_back(latch.initial);
    for (std::size_t t = 0; t < inputs.size(); ++t) {
        if (inputs[t].size() != circuit.input_count())
            throw base::InternalError("a step of a sequential circuit has another number of inputs");
        std::vector<bool> values = inputs[t];
        values.insert(values.end(), result.latches.begin(), result.latches.end());
        const std::vector<bool> now = evaluate(circuit.step, roots, values);
        const auto holds = [](bool value) { return value; };
        result.constrained = result.constrained && std::all_of(now.begin(), now.begin() + constraints, holds);
        result.bad = std::any_of(now.begin() + constraints, now.begin() + constraints + bad, holds);
        if (t + 1 < inputs.size()) result.latches.assign(now.begin() + constraints + bad, now.end());
    }
    return result;
}

}  // namespace attest::circuit
