#include <algorithm>
#include <vector>

#include "attest/circuit/export.hpp"
#include "circuit/gates.hpp"
#include "write_text.hpp"

namespace attest::circuit {

namespace {

std::int64_t signed_variable(Literal l) { return l.complemented() ? -std::int64_t{l.node()} : std::int64_t{l.node()}; }

void write_clause(Lines& lines, std::span<const Literal> clause) {
    for (const Literal l : clause) lines("{} ", signed_variable(l));
    lines("0\n");
}

/// What is asserted: each inner list is a clause. A clause with ⊤ or a complementary pair is left out; an
/// empty one remains empty.
std::vector<std::vector<Literal>> asserted(const Circuit& circuit) {
    std::vector<std::vector<Literal>> clauses;
    const auto add = [&clauses](const std::vector<Literal>& literals) {
        std::vector<Literal> clause;
        for (const Literal l : literals) {
            const bool true_anyway = l == top || std::ranges::find(clause, !l) != clause.end();
            if (true_anyway) return;
            if (l != bottom && std::ranges::find(clause, l) == clause.end()) clause.push_back(l);
        }
        clauses.push_back(clause);
    };
    for (const Port& port : circuit.constraints()) add({port.literal});
    std::vector<Literal> outputs;
    for (const Port& port : circuit.outputs()) outputs.push_back(port.literal);
    if (!outputs.empty()) add(outputs);
    return clauses;
}

std::size_t gate_clauses(const Circuit& circuit) {
    std::size_t count = 0;
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        clauses_of(circuit, v, [&](std::span<const Literal>) { ++count; });
    }
    return count;
}

}  // namespace

void write_dimacs(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const std::vector<std::vector<Literal>> assertions = asserted(circuit);
    // No literal can make an empty clause true: a fresh variable and its complement say so.
    const auto empty = static_cast<std::size_t>(
        std::ranges::count_if(assertions, [](const std::vector<Literal>& clause) { return clause.empty(); }));
    const std::size_t variables = circuit.node_count() - 1 + (empty != 0 ? 1 : 0);
    Lines lines(out);
    lines("c {}\n", made_by(options.description));
    for (std::size_t k = 0; k < circuit.input_count(); ++k) {
        lines("c input {} {}\n", circuit.input(k), one_line(circuit.input_name(k)));
    }
    for (const Port& port : circuit.outputs()) {
        if (port.literal.node() == 0) continue;
        lines("c output {} {}\n", signed_variable(port.literal), one_line(port.name));
    }
    lines("p cnf {} {}\n", variables, gate_clauses(circuit) + assertions.size() + empty);
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v)
        clauses_of(circuit, v, [&](std::span<const Literal> clause) { write_clause(lines, clause); });
    for (const std::vector<Literal>& clause : assertions) {
        if (clause.empty()) {
            lines("{} 0\n-{} 0\n", variables, variables);
            continue;
        }
        for (const Literal l : clause) lines("{} ", signed_variable(l));
        lines("0\n");
    }
}

}  // namespace attest::circuit
