#include "attest/circuit/substitute.hpp"

#include "attest/base/error.hpp"
#include "attest/circuit/structure.hpp"

namespace attest::circuit {

std::vector<Literal> substitute(Builder& to, const Circuit& from, std::span<const Literal> inputs,
                                std::span<const Literal> roots) {
    if (inputs.size() != from.input_count())
        throw base::InternalError("substitute: one literal for each input is needed");
    const std::vector<bool> needed = cone_of(from, roots);
    std::vector<Literal> images(from.node_count(), bottom);
    for (std::size_t k = 0; k < inputs.size(); ++k) images[from.input(k)] = inputs[k];
    const auto image = [&images](Literal l) { return images[l.node()] ^ l.complemented(); };
    std::vector<Literal> fan_ins;
    for (Node v = from.first_gate(); v < from.node_count(); ++v) {
        if (!needed[v]) continue;
        fan_ins.clear();
        for (const Literal l : from.fan_ins(v)) fan_ins.push_back(image(l));
        const bool conjunction = from.kind(v) == GateKind::conjunction;
        images[v] = conjunction ? to.conjunction(fan_ins) : to.exclusive_or(fan_ins[0], fan_ins[1]);
    }
    std::vector<Literal> result;
    for (const Literal root : roots) result.push_back(image(root));
    return result;
}

}  // namespace attest::circuit
