#include <vector>

#include "attest/circuit/builder.hpp"
#include "circuit/structure.hpp"

namespace attest::circuit {

namespace {

/// Copies origins on first use, so that a small cone does not carry the records of the whole.
class OriginCopier {
  public:
    OriginCopier(const Circuit& from, Circuit& to) : from_(from), to_(to), copies_(from.origin_count(), 0) {}

    std::uint32_t operator()(Node v) {
        const std::uint32_t old = from_.origin_index(v);
        if (old != 0 && copies_[old] == 0) copies_[old] = to_.add_origin(from_.origin(v));
        return copies_[old];
    }

  private:
    const Circuit& from_;
    Circuit& to_;
    std::vector<std::uint32_t> copies_;
};

std::vector<Literal> all_roots(const Circuit& circuit, const std::vector<Literal>& roots) {
    std::vector<Literal> all = roots;
    for (const Port& port : circuit.outputs()) all.push_back(port.literal);
    for (const Port& port : circuit.constraints()) all.push_back(port.literal);
    return all;
}

}  // namespace

Circuit cone(const Circuit& circuit, std::vector<Literal>& roots) {
    const std::vector<bool> needed = cone_of(circuit, all_roots(circuit, roots));
    Circuit result;
    std::vector<Node> number(circuit.node_count(), 0);
    for (std::size_t k = 0; k < circuit.input_count(); ++k) {
        number[circuit.input(k)] = result.add_input(circuit.input_name(k));
    }
    const auto renumbered = [&number](Literal l) { return Literal(number[l.node()], l.complemented()); };
    OriginCopier origin(circuit, result);
    std::vector<Literal> fan_ins;
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        if (!needed[v]) continue;
        fan_ins.clear();
        for (const Literal l : circuit.fan_ins(v)) fan_ins.push_back(renumbered(l));
        number[v] = result.add_gate(circuit.kind(v), fan_ins, origin(v));
    }
    for (const Port& port : circuit.outputs()) result.add_output(port.name, renumbered(port.literal));
    for (const Port& port : circuit.constraints()) result.add_constraint(port.name, renumbered(port.literal));
    for (Literal& root : roots) root = renumbered(root);
    return result;
}

}  // namespace attest::circuit
