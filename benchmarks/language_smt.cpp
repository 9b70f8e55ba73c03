#include <fmt/format.h>

#include "attention_smt.hpp"
#include "attest/base/error.hpp"

namespace attest::benchmarks {

namespace {

class Membership {
  public:
    Membership(Script& script, const language::Language& language, const Symbols& symbols)
        : script_(script), language_(language), symbols_(symbols) {}

    Formula operator()(const language::Palindrome&) const {
        std::vector<Formula> equal;
        for (std::size_t i = 0; i < symbols_.size() / 2; ++i)
            for (std::size_t c = 0; c < symbols_[i].size(); ++c)
                equal.push_back(fmt::format("(= {} {})", symbols_[i][c], symbols_[symbols_.size() - 1 - i][c]));
        return all_of(equal);
    }

    Formula operator()(const language::Regular& regular) const {
        const language::Dfa& dfa = regular.automaton;
        Term state = state_number(dfa.start);
        for (const auto& read : symbols_) {
            Term next = state_number(0);
            for (language::Dfa::State q = 0; q < dfa.size(); ++q)
                for (std::size_t c = 0; c < read.size(); ++c)
                    next = if_then_else(all_of({is(state, q), read[c]}), state_number(dfa.transition[q][c]), next);
            state = script_.name(next);
        }
        std::vector<Formula> accepting;
        for (language::Dfa::State q = 0; q < dfa.size(); ++q)
            if (dfa.accepting[q]) accepting.push_back(is(state, q));
        return some_of(accepting);
    }

    /// The depth as a number, and for each depth the kind of the bracket that is open there.
    Formula operator()(const language::Dyck& dyck) const {
        const std::size_t deepest = dyck.depth ? static_cast<std::size_t>(*dyck.depth) : symbols_.size() / 2;
        Term depth;
        std::vector<Term> kind(deepest + 1);
        std::vector<Formula> legal;
        for (const auto& read : symbols_) {
            std::vector<Formula> opens;
            for (std::size_t k = 0; k < dyck.kinds; ++k) opens.push_back(read[2 * k]);
            const Formula open = some_of(opens);
            for (std::size_t k = 0; k < dyck.kinds; ++k)
                for (std::size_t d = 1; dyck.kinds > 1 && d <= deepest; ++d)
                    legal.push_back(some_of({negation(read[2 * k + 1]), negation(is(depth, d)), is(kind[d], k)}));
            for (std::size_t d = 1; dyck.kinds > 1 && d <= deepest; ++d)
                for (std::size_t k = 0; k < dyck.kinds; ++k)
                    kind[d] =
                        script_.name(if_then_else(all_of({read[2 * k], is(depth, d - 1)}), state_number(k), kind[d]));
            depth = script_.name(sum({depth, if_then_else(open, exact::Rational(1), exact::Rational(-1))}));
            legal.push_back(at_most(exact::Rational(0), depth));
            legal.push_back(at_most(depth, state_number(deepest)));
        }
        legal.push_back(is(depth, 0));
        return all_of(legal);
    }

    template <typename Other>
    Formula operator()(const Other&) const {
        throw base::Unsupported(language_.name() + " is not written as SMT-LIB");
    }

  private:
    static Term state_number(std::size_t q) { return exact::Rational(static_cast<unsigned long>(q)); }
    static Formula is(const Term& term, std::size_t value) {
        const Term other = state_number(value);
        if (term.constant) return *term.constant == *other.constant ? "true" : "false";
        return fmt::format("(= {} {})", to_smt(term), to_smt(other));
    }

    Script& script_;
    const language::Language& language_;
    const Symbols& symbols_;
};

}  // namespace

Formula language_formula(Script& script, const language::Language& language, const Symbols& symbols) {
    return std::visit(Membership(script, language, symbols), language.form());
}

}  // namespace attest::benchmarks
