#include <algorithm>

#include "attest/circuit/builder.hpp"
#include "circuit/structure.hpp"
#include "measure/function/bounds.hpp"

namespace attest::measure {

namespace {

using circuit::Circuit;
using circuit::GateKind;
using circuit::Literal;

/// A conjunction of literals and of what is of depth 1: either way up it is a CNF or a DNF. An AND below an AND that is
/// not complemented gives clauses of one literal.
std::optional<std::size_t> normal_form_width(const Circuit& circuit, Literal root) {
    const auto is_gate = [&](Literal l) { return l.node() >= circuit.first_gate(); };
    if (!is_gate(root)) return root.node() == 0 ? 0 : 1;
    std::size_t width = 1;
    for (const Literal term : circuit.fan_ins(root.node())) {
        if (!is_gate(term)) continue;
        const auto in = circuit.fan_ins(term.node());
        if (std::any_of(in.begin(), in.end(), is_gate)) return std::nullopt;
        if (term.complemented()) width = std::max(width, in.size());
    }
    return width;
}

}  // namespace

/// The theorems on constant depth speak of circuits without XOR gates.
Origins origins(const Function& function, const network::Transformer* transformer) {
    Origins result;
    result.transformer = transformer;
    if (!function.circuit) return result;
    std::vector<Literal> roots{function.root};
    Circuit cone = circuit::cone(*function.circuit, roots);
    cone.add_output("accept", roots.front());
    const circuit::Statistics statistics = circuit::statistics(cone);
    if (statistics.exclusive_ors > 0) return result;
    result.depth = statistics.depth;
    result.gates = statistics.size();
    result.width = normal_form_width(cone, roots.front());
    return result;
}

}  // namespace attest::measure
