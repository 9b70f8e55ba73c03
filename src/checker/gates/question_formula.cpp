#include "checker/gates/question_formula.hpp"

#include "checker/gates/runs.hpp"
#include "checker/translation/word_inputs.hpp"

// FORMAT.md section 38.3. Each word has one assignment of gates and steps that satisfies all but the last two inequalities, and
// these say that the answers differ: so if there is no solution they never do. That words may have further solutions would
// be no harm.

namespace attest::checker {
namespace {

using Terms = std::vector<std::pair<std::uint32_t, mpz_class>>;

/// gate = 1 → the sum reaches the bound; gate = 0 → it does not.
void add_gate(Inequalities& formula, const ThresholdCircuit::Gate& gate, std::uint32_t node) {
    mpz_class least = 0, most = 0;
    Terms sum, negative;
    for (const auto& [wire, weight] : gate.wires) {
        (weight < 0 ? least : most) += weight;
        sum.emplace_back(wire, weight);
        negative.emplace_back(wire, -weight);
    }
    sum.emplace_back(node, least - gate.bound);
    negative.emplace_back(node, most - gate.bound + 1);
    formula.at_least(sum, least);
    formula.at_least(negative, 1 - gate.bound);
}

/// Σ terms = the literal.
void add_equal(Inequalities& formula, Terms terms, Literal literal) {
    const bool complemented = (literal & 1) != 0;
    if (literal / 2 != 0) terms.emplace_back(literal / 2, complemented ? 1 : -1);
    formula.equal(terms, complemented ? 1 : 0);
}

void add_symbols(Inequalities& formula, const WordInputs& word) {
    if (word.symbols < 3) return;
    for (std::size_t i = 1; i <= word.length; ++i) {
        Terms terms;
        for (std::size_t a = 0; a < word.symbols; ++a) terms.emplace_back(word.present(i, a) / 2, 1);
        formula.equal(terms, 1);
    }
}

void add_run(Inequalities& formula, const WordInputs& word, const Runs& runs) {
    for (std::size_t t = 1; t <= word.length; ++t) {
        const std::vector<Edge>& edges = runs.at[t - 1];
        std::vector<Terms> by_symbol(word.symbols);
        for (const Edge& edge : edges) by_symbol[edge.symbol].emplace_back(edge.variable, 1);
        for (std::size_t a = 0; a < word.symbols; ++a) add_equal(formula, std::move(by_symbol[a]), word.present(t, a));
        if (t == word.length) return;
        std::map<std::size_t, Terms> through;
        for (const Edge& edge : edges) through[edge.target].emplace_back(edge.variable, 1);
        for (const Edge& edge : runs.at[t]) through[edge.state].emplace_back(edge.variable, -1);
        for (const auto& [state, terms] : through) formula.equal(terms, 0);
    }
}

}  // namespace

QuestionFormula question_formula(const Instance& instance, const Language& language,
                                 const std::vector<std::size_t>& letters, Budget& budget) {
    const WordInputs word{instance.model->alphabet.size(), instance.length};
    const Layered automaton = runs_automaton(language, instance.length, budget);
    const ModelGates model = model_gates(instance, budget);
    const std::size_t nodes = word.count() + model.circuit.gates().size();
    const Runs runs = runs_of(automaton, letters, instance.length, static_cast<std::uint32_t>(nodes + 1), budget);
    Inequalities formula(runs.last, budget);
    for (std::size_t g = 0; g < model.circuit.gates().size(); ++g)
        add_gate(formula, model.circuit.gates()[g], static_cast<std::uint32_t>(word.count() + g + 1));
    add_symbols(formula, word);
    add_run(formula, word, runs);
    Terms members;
    for (std::size_t k = 0; k < runs.at.back().size(); ++k)
        if (runs.accepting[k]) members.emplace_back(runs.at.back()[k].variable, 1);
    add_equal(formula, std::move(members), model.accept ^ 1);
    return {std::move(formula), model.circuit.gates().size()};
}

}  // namespace attest::checker
