#include <algorithm>
#include <unordered_set>

#include "program.hpp"
#include "programs/begin_symbol.hpp"
#include "programs/residual/formula.hpp"

// C-RASP as average attention, exactly and without layer norm [yang2024counting]. The begin symbol is position 1; p is the
// position and n the length of the sequence. Counts are kept in units of u = 1/p: a uniform head that sees 1 … p brings the
// mean of a Boolean that is 0 at the begin symbol, which is C/p; numbers are multiples of u; sums cost nothing.
//
// Comparison. A head with the key [is the begin symbol] and the query 2 (y - x) - u looks at the begin symbol iff x < y: then
// the query is at least u and that key alone is greatest; else it is at most -u, all others tie, and none of them is it. For
// x ≤ y it is 2 (y - x) + u. Counts are whole, so 0 never occurs. At the begin symbol itself there is only it: its bit is
// taken off.
//
// #> looks at p … n, which gives C/(n - p + 1): another unit. Where a program has it, each count is looked up among the
// positions first, q = (2 C/m, -1/m), k = (j - 1, (j - 1)²), m either divisor: the score (C² - (j - 1 - C)²)/m is greatest at
// j - 1 = C alone, which is there since C < n. That position gives (j - 1)/n, and the unit is u = 1/n.

namespace attest::programs::crasp {

namespace {

using constructions::x;
using residual::Bit;
using residual::Form;
using residual::Formula;
using residual::Pattern;
using residual::Side;
using residual::Value;
using Kind = Node::Kind;
using Literal = Formula::Literal;

/// In units u; `bound` is never exceeded by its absolute value, since counts are below 1.
struct Count {
    Form form;
    exact::Rational bound;
};

class Compiler {
  public:
    explicit Compiler(const Program& program)
        : program_(program),
          needed_(used(program)),
          looks_up_(looks_both_ways()),
          unit_(builder_.place(looks_up_ ? "1/(n*[n>1])" : "1/(i*[n>1])")),
          bits_(program.definitions.size()),
          counts_(program.definitions.size()) {}

    network::Transformer compile(const residual::Options& options) {
        for (std::size_t d = 0; d < needed_.size(); ++d)
            if (needed_[d]) define(d);
        Form score = bits_[program_.output].form();
        score.terms.try_emplace(unit_, 0);  // so that the empty word has no value
        const residual::Layout layout{network::AttentionKind::average, program_.alphabet,
                                      begin_symbol(program_.alphabet), options};
        return residual::assemble(builder_, score, layout);
    }

  private:
    bool looks_both_ways() const {
        for (std::size_t d = 0; d < needed_.size(); ++d)
            for (std::uint32_t at = program_.definitions[d].first; needed_[d] && at <= program_.definitions[d].last;
                 ++at)
                if (program_.nodes[at].kind == Kind::after) return true;
        return false;
    }

    /// One definition: Booleans are literals of one formula, so that conjunctions of conjunctions are one.
    struct Work {
        Formula formula;
        std::vector<Literal> literals;  // by node
        std::vector<Count> counts;
        std::uint32_t first;
    };

    void define(std::size_t d) {
        const Definition& definition = program_.definitions[d];
        Work work{{}, {}, {}, definition.first};
        for (std::uint32_t at = definition.first; at <= definition.last; ++at) {
            const Node& node = program_.nodes[at];
            work.literals.push_back(node.is_count ? Formula::no : boolean(work, node));
            work.counts.push_back(node.is_count ? count(work, node) : Count{});
        }
        if (program_.is_count(definition)) {
            counts_[d] = std::move(work.counts.back());
        } else {
            bits_[d] = work.formula.make(builder_, work.literals.back());
            const bool plain = !bits_[d].is_constant() && !bits_[d].is_negated();
            if (plain && is_true_at_begin(work, work.literals.back())) true_at_begin_.insert(bits_[d].value());
        }
    }

    Literal boolean(Work& work, const Node& node) {
        const auto literal = [&](std::uint32_t at) { return work.literals[at - work.first]; };
        const auto of = [&](std::uint32_t at) -> const Form& { return work.counts[at - work.first].form; };
        const auto leaf = [&](Bit bit) { return work.formula.leaf(Side::query, bit); };
        switch (node.kind) {
            case Kind::constant: return node.number == 1 ? Formula::yes : Formula::no;
            case Kind::symbol: return leaf(Bit::of(builder_.symbol(static_cast<std::uint32_t>(node.number))));
            case Kind::negation: return literal(node.left) ^ 1U;
            case Kind::conjunction: return work.formula.both(literal(node.left), literal(node.right));
            case Kind::disjunction: return work.formula.both(literal(node.left) ^ 1U, literal(node.right) ^ 1U) ^ 1U;
            case Kind::less: return leaf(is_positive(of(node.right) - of(node.left), true));
            case Kind::less_equal: return leaf(is_positive(of(node.right) - of(node.left), false));
            case Kind::equal:
                return work.formula.both(leaf(is_positive(of(node.right) - of(node.left), false)),
                                         leaf(is_positive(of(node.left) - of(node.right), false)));
            default: return leaf(bits_[static_cast<std::size_t>(node.number)]);
        }
    }

    /// Whether a count is above 0, or at least 0; at the begin symbol false.
    Bit is_positive(const Form& difference, bool strict) {
        if (const auto known = as_integer(difference)) return strict ? *known > 0 : *known >= 0;
        const Value begin = builder_.begin();
        Form query = exact::Rational(2) * difference;
        query.terms[unit_] += strict ? -1 : 1;
        if (query.terms[unit_] == 0) query.terms.erase(unit_);
        const Pattern pattern{network::Mask::causal, network::Tie::left, {query}, {x(begin)}};
        return Bit::of(builder_.unit(x(builder_.look(pattern, x(begin))) - x(begin)));
    }

    /// The number that a count always is, if that is seen.
    std::optional<exact::Rational> as_integer(const Form& form) const {
        exact::Rational number = 0;
        for (const auto& [value, factor] : form.terms) {
            if (factor != 0 && value != unit_) return std::nullopt;
            if (value == unit_) number = factor;
        }
        return number;
    }

    Count count(Work& work, const Node& node) {
        const auto of = [&](std::uint32_t at) -> const Count& { return work.counts[at - work.first]; };
        const auto greater = [&] { return std::max(of(node.left).bound, of(node.right).bound); };
        switch (node.kind) {
            case Kind::integer: return {node.number * exact::Rational(1) * x(unit_), node.number};
            case Kind::sum:
                return {of(node.left).form + of(node.right).form, of(node.left).bound + of(node.right).bound};
            case Kind::difference:
                return {of(node.left).form - of(node.right).form, of(node.left).bound + of(node.right).bound};
            case Kind::multiple:
                return {exact::Rational(node.number) * of(node.left).form, node.number * of(node.left).bound};
            case Kind::before: return {number_of(work, node.left, network::Mask::causal), 1};
            case Kind::after: return {number_of(work, node.left, network::Mask::future), 1};
            case Kind::minimum:
                return {of(node.right).form - x(builder_.unit(of(node.right).form - of(node.left).form)), greater()};
            case Kind::maximum:
                return {of(node.right).form + x(builder_.unit(of(node.left).form - of(node.right).form)), greater()};
            case Kind::choice:
                return {choice(work.formula.make(builder_, work.literals[node.condition - work.first]),
                               of(node.left).form, of(node.right).form, greater()),
                        greater()};
            default: return counts_[static_cast<std::size_t>(node.number)];
        }
    }

    /// The one of two forms that are between -bound and bound.
    Form choice(Bit condition, const Form& yes, const Form& no, const exact::Rational& bound) {
        if (condition.is_constant()) return condition == Bit(true) ? yes : no;
        Form all;
        all.constant = bound;
        const Form shift = exact::Rational(2 * bound) * condition.form();
        return x(builder_.unit(yes + shift - all)) + x(builder_.unit(no + all - shift)) - all;
    }

    Form number_of(Work& work, std::uint32_t node, network::Mask mask) {
        const Literal literal = work.literals[node - work.first];
        Bit bit = work.formula.make(builder_, literal);
        if (is_true_at_begin(work, literal)) bit = residual::all_of(builder_, {bit, !Bit::of(builder_.begin())});
        if (bit == Bit(false)) return {};
        const Value mean = builder_.look({mask, network::Tie::left, {}, {}}, bit.form());
        return looks_up_ ? looked_up(mean, mask == network::Mask::causal ? "1/i" : "1/(n-i+1)") : x(mean);
    }

    /// C/n of C/m, where `one` is 1/m.
    Form looked_up(Value mean, const std::string& one) {
        const Pattern pattern{network::Mask::none,
                              network::Tie::left,
                              {exact::Rational(2) * x(mean), -x(builder_.place(one))},
                              {x(builder_.place("i-1")), x(builder_.place("(i-1)^2"))}};
        return x(builder_.look(pattern, x(builder_.place("(i-1)/n"))));
    }

    /// What a Boolean says at the begin symbol: symbols and comparisons are false there.
    bool is_true_at_begin(Work& work, Literal literal) {
        return work.formula.substitute(literal, [&](std::uint32_t node) {
            const Value value = work.formula.bit(work.formula.leaf_at(node)).value();
            return true_at_begin_.contains(value) ? Formula::yes : Formula::no;
        }) == Formula::yes;
    }

    const Program& program_;
    std::vector<bool> needed_;
    bool looks_up_;
    residual::Builder builder_;
    Value unit_;
    std::vector<Bit> bits_;
    std::vector<Count> counts_;
    std::unordered_set<Value> true_at_begin_;  // Booleans of definitions
};

}  // namespace

std::vector<bool> used(const Program& program) {
    std::vector<bool> used(program.definitions.size(), false);
    used[program.output] = true;
    for (std::size_t d = used.size(); d-- > 0;)
        for (std::uint32_t at = program.definitions[d].first; used[d] && at <= program.definitions[d].last; ++at)
            if (program.nodes[at].kind == Kind::name) used[static_cast<std::size_t>(program.nodes[at].number)] = true;
    return used;
}

std::vector<std::string> unused(const Program& program) {
    const std::vector<bool> needed = used(program);
    std::vector<std::string> names;
    for (std::size_t d = 0; d < needed.size(); ++d)
        if (!needed[d]) names.push_back(program.definitions[d].name);
    return names;
}

network::Transformer compile(const Program& program, const residual::Options& options) {
    return Compiler(program).compile(options);
}

}  // namespace attest::programs::crasp
