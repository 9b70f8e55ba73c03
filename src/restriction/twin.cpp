#include "twin.hpp"

#include "attest/base/error.hpp"
#include "attest/circuit/simulate.hpp"
#include "attest/circuit/substitute.hpp"
#include "attest/encode/tseitin.hpp"

namespace attest::restriction {

using circuit::Literal;

Twin::Twin(const Function& function, std::uint64_t seed, const base::Limits& limits)
    : function_(function), limits_(limits), solver_(solve::make_solver(solve::BackEnd::cadical, {.seed = seed})) {
    circuit::Builder builder(limits.memory_bytes);
    const std::size_t inputs = function.circuit.input_count();
    std::vector<Literal> first, second;
    for (std::size_t k = 0; k < inputs; ++k) first.push_back(builder.add_input("x"));
    for (std::size_t k = 0; k < inputs; ++k) second.push_back(builder.add_input("y"));
    const std::vector<Literal> root{function.accept};
    const Literal one = substitute(builder, function.circuit, first, root)[0];
    const Literal other = substitute(builder, function.circuit, second, root)[0];
    const Literal differ = builder.exclusive_or(one, other);
    if (builder.exhausted()) throw OutOfLimits{};
    solve::Cnf formula;
    encode::add_gates(formula, builder.circuit(), builder.circuit().first_gate(), static_cast<circuit::Node>(builder.circuit().node_count()));
    auto fresh = static_cast<std::int32_t>(builder.circuit().node_count() - 1);
    differ_ = differ.node() != 0 ? encode::dimacs(differ) : ++fresh;
    if (differ == circuit::bottom) formula.add({-differ_});
    if (differ == circuit::top) formula.add({differ_});
    const std::size_t m = function.symbols();
    for (std::size_t i = 0; i < function.length(); ++i) {
        equal_.push_back(++fresh);
        for (std::size_t copy = 0; copy < 2 && m > 2; ++copy) {
            std::vector<std::int32_t> some;
            for (language::Symbol a = 0; a < m; ++a) some.push_back(present(copy, i, a));
            formula.add(some);
            for (std::size_t a = 0; a < m; ++a)
                for (std::size_t b = a + 1; b < m; ++b) formula.add({-some[a], -some[b]});
        }
        for (language::Symbol a = 0; a < m; ++a) formula.add({-fresh, -present(0, i, a), present(1, i, a)});
    }
    formula.variables = fresh;
    solver_->reserve(fresh);
    add_formula(*solver_, formula);
}

std::int32_t Twin::present(std::size_t copy, std::size_t position, language::Symbol symbol) const {
    const Literal l = function_.inputs.present(static_cast<std::int64_t>(position) + 1, symbol);
    const auto node = static_cast<std::int32_t>(l.node() + copy * function_.circuit.input_count());
    return l.complemented() ? -node : node;
}

void Twin::assume(const Restriction& restriction) {
    assumptions_.clear();
    for (std::size_t i = 0; i < restriction.length(); ++i)
        if (restriction.fixed[i])
            for (std::size_t copy = 0; copy < 2; ++copy) assumptions_.push_back(present(copy, i, *restriction.fixed[i]));
}

bool Twin::ask() {
    const solve::Answer answer = solver_->solve(assumptions_, limits_);
    if (answer == solve::Answer::unknown) throw OutOfLimits{};
    return answer == solve::Answer::satisfiable;
}

language::Word Twin::word(std::size_t copy) const {
    language::Word word;
    for (std::size_t i = 0; i < function_.length(); ++i) {
        word.push_back(0);
        for (language::Symbol a = 1; a < function_.symbols(); ++a) {
            const std::int32_t l = present(copy, i, a);
            if (solver_->value(l)) word.back() = a;
        }
    }
    return word;
}

std::optional<Words> Twin::find_difference(const Restriction& restriction, const std::vector<bool>& tied) {
    assume(restriction);
    for (std::size_t i = 0; i < tied.size(); ++i)
        if (tied[i]) assumptions_.push_back(equal_[i]);
    assumptions_.push_back(differ_);
    if (!ask()) return std::nullopt;
    Words words{word(0), word(1)};
    if (accepts(words.first) == accepts(words.second))
        throw base::InternalError("the solver's two words are answered alike when they are evaluated: please report this");
    return words;
}

bool Twin::always_differ(const Restriction& restriction, std::size_t position, language::Symbol a, language::Symbol b) {
    assume(restriction);
    for (std::size_t i = 0; i < equal_.size(); ++i)
        if (i != position && !restriction.fixed[i]) assumptions_.push_back(equal_[i]);
    assumptions_.push_back(present(0, position, a));
    assumptions_.push_back(present(1, position, b));
    assumptions_.push_back(-differ_);
    return !ask();
}

bool Twin::accepts(const language::Word& word) const {
    std::vector<bool> inputs;
    for (const Literal l : function_.restricted_inputs(Restriction::only(word))) inputs.push_back(l == circuit::top);
    return circuit::evaluate(function_.circuit, function_.accept, inputs);
}

Flip single_flip(const Twin& twin, const Words& words) {
    language::Word word = words.first;
    const bool answer = twin.accepts(word);
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == words.second[i]) continue;
        language::Word next = word;
        next[i] = words.second[i];
        if (twin.accepts(next) != answer) return {word, i, next[i]};
        word = std::move(next);
    }
    throw base::InternalError("two words that are answered differently have no step between them that is");
}

}  // namespace attest::restriction
