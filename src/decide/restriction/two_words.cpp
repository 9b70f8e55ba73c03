#include "two_words.hpp"

#include "circuit/substitute.hpp"
#include "logic/tseitin.hpp"

namespace attest::restriction {

using circuit::Literal;

TwoWords::TwoWords(const Function& function, const base::Limits& limits)
    : function_(function), limits_(limits), builder_(limits.memory_bytes) {
    for (const char* name : {"x", "y"})
        for (std::size_t k = 0; k < function.circuit.input_count(); ++k)
            builder_.add_input(name + std::to_string(k + 1));
}

std::vector<Literal> TwoWords::copy(std::size_t word, const Restriction& restriction,
                                    const std::vector<Literal>& literals) {
    std::vector<Literal> inputs = function_.restricted_inputs(restriction);
    const auto shift = static_cast<circuit::Node>(word * function_.circuit.input_count());
    for (Literal& l : inputs)
        if (l.node() != 0) l = Literal(l.node() + shift, l.complemented());
    return substitute(builder_, function_.circuit, inputs, literals);
}

void TwoWords::load(std::uint64_t seed) {
    if (builder_.exhausted()) throw OutOfLimits{};
    const circuit::Circuit& circuit = builder_.circuit();
    logic::Cnf formula;
    formula.variables = static_cast<std::int32_t>(circuit.node_count() - 1);
    logic::add_gates(formula, circuit, circuit.first_gate(), static_cast<circuit::Node>(circuit.node_count()));
    true_ = ++formula.variables;
    formula.add({true_});
    add_words(formula);
    solver_ = logic::make_solver(logic::BackEnd::cadical, {.seed = seed});
    solver_->reserve(formula.variables);
    add_formula(*solver_, formula);
}

/// Exactly one symbol a position, and what it means that both words have the same.
void TwoWords::add_words(logic::Cnf& formula) {
    const std::size_t m = function_.symbols();
    for (std::size_t i = 0; i < function_.length(); ++i) {
        equal_.push_back(++formula.variables);
        for (std::size_t word = 0; word < 2 && m > 2; ++word) {
            std::vector<std::int32_t> some;
            for (language::Symbol a = 0; a < m; ++a) some.push_back(present(word, i, a));
            formula.add(some);
            for (std::size_t a = 0; a < m; ++a)
                for (std::size_t b = a + 1; b < m; ++b) formula.add({-some[a], -some[b]});
        }
        for (language::Symbol a = 0; a < m; ++a) formula.add({-equal_[i], -present(0, i, a), present(1, i, a)});
    }
}

std::int32_t TwoWords::literal(Literal l) const {
    if (l.node() == 0) return l == circuit::top ? true_ : -true_;
    return logic::dimacs(l);
}

std::int32_t TwoWords::present(std::size_t word, std::size_t position, language::Symbol symbol) const {
    const Literal l = function_.inputs.present(static_cast<std::int64_t>(position) + 1, symbol);
    if (l.node() == 0) return literal(l);
    const auto shift = static_cast<circuit::Node>(word * function_.circuit.input_count());
    return logic::dimacs(Literal(l.node() + shift, l.complemented()));
}

bool TwoWords::satisfiable(const std::vector<std::int32_t>& assumptions) {
    const logic::Answer answer = solver_->solve(assumptions, limits_);
    if (answer == logic::Answer::unknown) throw OutOfLimits{};
    return answer == logic::Answer::satisfiable;
}

language::Word TwoWords::word(std::size_t which) const {
    language::Word word(function_.length(), 0);
    for (std::size_t i = 0; i < word.size(); ++i)
        for (language::Symbol a = 1; a < function_.symbols(); ++a)
            if (solver_->value(present(which, i, a))) word[i] = a;
    return word;
}

}  // namespace attest::restriction
