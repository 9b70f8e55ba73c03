#include "planes_formula.hpp"

#include <algorithm>
#include <set>

namespace attest::decide {

namespace {

using circuit::Literal;
using Terms = logic::PseudoBoolean::Terms;

std::int32_t variable_of(circuit::Node node) { return static_cast<std::int32_t>(node); }

/// A true gate has a sum that reaches the bound, a false one has not.
void add_gate(logic::PseudoBoolean& formula, const compile::ThresholdCircuit::Gate& gate, std::int32_t variable) {
    mpz_class least = 0, most = 0;
    Terms sum, negative;
    for (const auto& [node, weight] : gate.wires) {
        if (weight < 0) least += weight;
        else most += weight;
        sum.emplace_back(variable_of(node), weight);
        negative.emplace_back(variable_of(node), -weight);
    }
    sum.emplace_back(variable, least - gate.bound);
    negative.emplace_back(variable, most - gate.bound + 1);
    formula.at_least(sum, least);
    formula.at_least(negative, 1 - gate.bound);
}

/// The sum is 1 where the literal holds, else 0.
std::uint64_t add_equal(logic::PseudoBoolean& formula, Terms sum, Literal literal) {
    if (literal.node() != 0) sum.emplace_back(variable_of(literal.node()), literal.complemented() ? 1 : -1);
    return formula.equal(sum, literal.complemented() ? 1 : 0);
}

PlanesRuns runs_of(const compile::Layered& automaton, const std::vector<language::Symbol>& meaning, std::int64_t length,
                   std::int32_t variables) {
    PlanesRuns runs;
    runs.states.push_back({automaton.start});
    for (std::int64_t t = 0; t < length; ++t) {
        const std::vector<std::uint64_t> before = runs.states.back();
        std::set<std::uint64_t> after;
        for (const std::uint64_t q : before)
            for (const language::Symbol c : meaning) after.insert(automaton.step(t, q, c));
        const std::vector<std::uint64_t>& states = runs.states.emplace_back(after.begin(), after.end());
        auto& edges = runs.at.emplace_back();
        for (std::size_t q = 0; q < before.size(); ++q)
            for (std::size_t a = 0; a < meaning.size(); ++a) {
                const auto to =
                    std::lower_bound(states.begin(), states.end(), automaton.step(t, before[q], meaning[a]));
                edges.push_back({q, static_cast<std::size_t>(to - states.begin()), a, ++variables});
            }
    }
    for (const std::uint64_t q : runs.states.back()) runs.accepting.push_back(automaton.accepts(q));
    return runs;
}

}  // namespace

PlanesFormula planes_formula(const compile::Inputs& inputs, const compile::ThresholdModel& model,
                             const compile::Layered& automaton, const std::vector<language::Symbol>& meaning) {
    const compile::ThresholdCircuit& circuit = model.circuit;
    const std::size_t nodes = circuit.input_count() + circuit.gates().size();
    PlanesFormula made;
    made.runs = runs_of(automaton, meaning, inputs.length(), static_cast<std::int32_t>(nodes));
    made.formula.variables = made.runs.at.back().back().variable;
    for (std::size_t g = 0; g < circuit.gates().size(); ++g)
        add_gate(made.formula, circuit.gates()[g], static_cast<std::int32_t>(circuit.input_count() + g + 1));
    for (std::int64_t i = 1; inputs.one_hot() && i <= inputs.length(); ++i) {
        Terms symbols;
        for (std::size_t a = 0; a < meaning.size(); ++a)
            symbols.emplace_back(variable_of(inputs.present(i, static_cast<language::Symbol>(a)).node()), 1);
        made.one_symbol.push_back(made.formula.equal(symbols, 1));
    }
    for (std::size_t t = 0; t < made.runs.length(); ++t) {
        std::vector<Terms> reading(meaning.size()), through(made.runs.states[t + 1].size());
        for (const auto& edge : made.runs.at[t]) {
            reading[edge.symbol].emplace_back(edge.variable, 1);
            through[edge.to].emplace_back(edge.variable, 1);
        }
        auto& reads = made.reads.emplace_back();
        for (std::size_t a = 0; a < meaning.size(); ++a)
            reads.push_back(
                add_equal(made.formula, std::move(reading[a]),
                          inputs.present(static_cast<std::int64_t>(t) + 1, static_cast<language::Symbol>(a))));
        if (t + 1 == made.runs.length()) break;
        for (const auto& edge : made.runs.at[t + 1]) through[edge.from].emplace_back(edge.variable, -1);
        auto& numbers = made.through.emplace_back();
        for (const Terms& terms : through) numbers.push_back(made.formula.equal(terms, 0));
    }
    Terms members;
    for (const auto& edge : made.runs.at.back())
        if (made.runs.accepting[edge.to]) members.emplace_back(edge.variable, 1);
    made.differ = add_equal(made.formula, std::move(members), !model.accept);
    return made;
}

}  // namespace attest::decide
