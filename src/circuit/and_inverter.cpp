#include "circuit/and_inverter.hpp"

#include <cstdint>

#include "attest/circuit/builder.hpp"
#include "circuit/gates.hpp"
#include "circuit/structure.hpp"

namespace attest::circuit {

namespace {

/// Neighbours first, so that gates with a common run of fan-ins share its tree.
Literal balanced(Builder& builder, std::vector<Literal>& literals) {
    while (literals.size() > 1) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i + 1 < literals.size(); i += 2) {
            literals[kept++] = builder.conjunction({literals[i], literals[i + 1]});
        }
        if (literals.size() % 2 == 1) literals[kept++] = literals.back();
        literals.resize(kept);
    }
    return literals.front();
}

Literal exclusive_or(Builder& builder, Literal a, Literal b) {
    return builder.disjunction({builder.conjunction({a, !b}), builder.conjunction({!a, b})});
}

std::vector<Literal> port_literals(const Circuit& circuit) {
    std::vector<Literal> literals;
    for (const Port& port : circuit.outputs()) literals.push_back(port.literal);
    for (const Port& port : circuit.constraints()) literals.push_back(port.literal);
    return literals;
}

}  // namespace

Transformed and_inverter(const Circuit& circuit) {
    const std::vector<bool> needed = cone_of(circuit, port_literals(circuit));
    Builder builder(SIZE_MAX);
    std::vector<Literal> images(circuit.node_count(), bottom);
    for (std::size_t k = 0; k < circuit.input_count(); ++k) {
        images[circuit.input(k)] = builder.add_input(circuit.input_name(k));
    }
    const auto image = [&images](Literal l) { return images[l.node()] ^ l.complemented(); };
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        if (!needed[v]) continue;
        builder.set_origin(circuit.origin(v));
        images[v] = visit_gate(
            circuit, v,
            [&](Conjunction g) {
                std::vector<Literal> fan_ins;
                for (const Literal l : g.of) fan_ins.push_back(image(l));
                return balanced(builder, fan_ins);
            },
            [&](ExclusiveOr g) { return exclusive_or(builder, image(g.of[0]), image(g.of[1])); });
    }
    Circuit result = std::move(builder).take();
    for (const Port& port : circuit.outputs()) result.add_output(port.name, image(port.literal));
    for (const Port& port : circuit.constraints()) result.add_constraint(port.name, image(port.literal));
    return {std::move(result), std::move(images)};
}

}  // namespace attest::circuit
