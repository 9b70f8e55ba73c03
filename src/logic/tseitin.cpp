#include "logic/tseitin.hpp"

#include <algorithm>

#include "circuit/gates.hpp"

// Clauses in this order: those of each gate (circuit::clauses_of),
// then for alphabets of three symbols and more, each position: (x_a, …), (-x_a -x_a') for a < a'; then the roots.
// The order and the form are a promise: the checker writes the same file from FORMAT.md.

namespace attest::logic {

void add_gates(logic::Cnf& formula, const circuit::Circuit& circuit, circuit::Node first, circuit::Node last) {
    std::vector<std::int32_t> clause;
    const auto add = [&](std::span<const circuit::Literal> literals) {
        clause.clear();
        for (const circuit::Literal l : literals) clause.push_back(dimacs(l));
        formula.add(clause);
    };
    for (circuit::Node v = std::max(first, circuit.first_gate()); v < last; ++v) circuit::clauses_of(circuit, v, add);
}

logic::Cnf formula(const circuit::Circuit& circuit, std::span<const circuit::Literal> roots, std::int64_t length,
                   std::size_t symbols) {
    logic::Cnf f;
    f.variables = static_cast<std::int32_t>(circuit.node_count() - 1);
    add_gates(f, circuit, circuit.first_gate(), static_cast<circuit::Node>(circuit.node_count()));

    const auto m = static_cast<std::int32_t>(symbols);
    for (std::int32_t i = 0; m >= 3 && i < length; ++i) {
        std::vector<std::int32_t> some;
        for (std::int32_t a = 1; a <= m; ++a) some.push_back(i * m + a);
        f.add(some);
        for (std::int32_t a = 1; a <= m; ++a)
            for (std::int32_t b = a + 1; b <= m; ++b) f.add({-(i * m + a), -(i * m + b)});
    }

    std::vector<std::int32_t> asserted;
    bool tautology = false;
    for (const circuit::Literal root : roots) {
        if (root == circuit::bottom) continue;
        const std::int32_t l = dimacs(root);
        tautology |= root == circuit::top || std::find(asserted.begin(), asserted.end(), -l) != asserted.end();
        if (std::find(asserted.begin(), asserted.end(), l) == asserted.end()) asserted.push_back(l);
    }
    if (tautology) return f;
    if (!asserted.empty()) {
        f.add(asserted);
    } else {
        // An empty clause trips outside checkers; two opposite units say the same.
        const std::int32_t z = ++f.variables;
        f.add({z});
        f.add({-z});
    }
    return f;
}

}  // namespace attest::logic
