#include "checker/translation/formula_of_miter.hpp"

#include <algorithm>

#include "checker/translation/word_inputs.hpp"

// FORMAT.md, section 7: Tseitin's clauses (1968) for each gate, both directions, exactly one symbol at each position,
// and some root true. A word on which a root is true is a solution, and a solution gives such a word; so a refutation
// of the formula says that no root can be true.

namespace attest::checker {
namespace {

std::int32_t dimacs(Literal l) {
    const auto variable = static_cast<std::int32_t>(l / 2);
    return l % 2 == 0 ? variable : -variable;
}

void add_gate(Formula& formula, std::int32_t g, Circuit::Gate kind, std::span<const Literal> fanin) {
    if (kind == Circuit::Gate::parity) {
        const std::int32_t a = dimacs(fanin[0]);
        const std::int32_t b = dimacs(fanin[1]);
        formula.add({-g, a, b});
        formula.add({-g, -a, -b});
        formula.add({g, -a, b});
        formula.add({g, a, -b});
        return;
    }
    std::vector<std::int32_t> all{g};
    for (const Literal l : fanin) {
        formula.add({-g, dimacs(l)});
        all.push_back(-dimacs(l));
    }
    formula.add(all);
}

/// Exactly one symbol at each position.
void add_word(Formula& formula, const Miter& miter) {
    const WordInputs word{miter.symbols, miter.length};
    if (word.symbols < 3) return;
    for (std::size_t i = 1; i <= word.length; ++i) {
        std::vector<std::int32_t> some;
        for (std::size_t a = 0; a < word.symbols; ++a) some.push_back(dimacs(word.present(i, a)));
        formula.add(some);
        for (std::size_t a = 0; a < word.symbols; ++a)
            for (std::size_t b = a + 1; b < word.symbols; ++b) formula.add({-some[a], -some[b]});
    }
}

void add_roots(Formula& formula, const Literals& roots) {
    Literals clause;
    for (const Literal root : roots)
        if (root != bottom && std::find(clause.begin(), clause.end(), root) == clause.end()) clause.push_back(root);
    if (clause.empty()) {
        const auto fresh = static_cast<std::int32_t>(++formula.variables);
        formula.add({fresh});
        formula.add({-fresh});
        return;
    }
    Literals sorted = clause;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t k = 0; k < sorted.size(); ++k)
        if (sorted[k] == top || (k > 0 && sorted[k - 1] / 2 == sorted[k] / 2)) return;
    std::vector<std::int32_t> literals;
    for (const Literal root : clause) literals.push_back(dimacs(root));
    formula.add(literals);
}

}  // namespace

Formula formula_of(const Miter& miter, Budget& budget) {
    Formula formula(budget);
    const Circuit& circuit = miter.circuit;
    formula.variables = circuit.nodes() - 1;
    for (std::size_t gate = 0; gate < circuit.gates(); ++gate)
        add_gate(formula, dimacs(circuit.literal_of(gate)), circuit.kind(gate), circuit.fanin(gate));
    add_word(formula, miter);
    add_roots(formula, miter.roots);
    return formula;
}

}  // namespace attest::checker
