#include "smt_term.hpp"

#include <fmt/format.h>

namespace attest::benchmarks {

namespace {

std::string real(const exact::Rational& value) {
    const exact::Rational size = abs(value);
    std::string text = size.get_num().get_str() + ".0";
    if (size.get_den() != 1) text = fmt::format("(/ {} {}.0)", text, size.get_den().get_str());
    return value < 0 ? fmt::format("(- {})", text) : text;
}

Formula compare(const char* sign, const Term& a, const Term& b, bool known) {
    if (a.constant && b.constant) return known ? "true" : "false";
    return fmt::format("({} {} {})", sign, to_smt(a), to_smt(b));
}

/// An associative connective with its neutral and its absorbing formula.
Formula connect(const char* sign, const std::vector<Formula>& formulas, const Formula& neutral,
                const Formula& absorbing) {
    std::string text;
    std::size_t kept = 0;
    for (const Formula& f : formulas) {
        if (f == absorbing) return absorbing;
        if (f == neutral) continue;
        text += " " + f;
        ++kept;
    }
    if (kept == 0) return neutral;
    return kept == 1 ? text.substr(1) : fmt::format("({}{})", sign, text);
}

}  // namespace

std::string to_smt(const Term& term) { return term.constant ? real(*term.constant) : term.text; }

Term sum(const Terms& terms) {
    exact::Rational constant;
    std::vector<std::string> others;
    for (const Term& t : terms) {
        if (t.constant) constant += *t.constant;
        else others.push_back(t.text);
    }
    if (others.empty()) return constant;
    if (constant != 0) others.push_back(real(constant));
    return Term(others.size() == 1 ? others.front() : fmt::format("(+ {})", fmt::join(others, " ")));
}

Term times(const Term& a, const Term& b) {
    if (a.constant && b.constant) return exact::Rational(*a.constant * *b.constant);
    if (b.constant) return times(b, a);
    if (a.constant && *a.constant == 0) return exact::Rational(0);
    if (a.constant && *a.constant == 1) return b;
    return Term(fmt::format("(* {} {})", to_smt(a), to_smt(b)));
}

Term if_then_else(const Formula& condition, const Term& yes, const Term& no) {
    if (condition == "true") return yes;
    if (condition == "false") return no;
    if (to_smt(yes) == to_smt(no)) return yes;
    return Term(fmt::format("(ite {} {} {})", condition, to_smt(yes), to_smt(no)));
}

Formula less(const Term& a, const Term& b) {
    return compare("<", a, b, a.constant && b.constant && *a.constant < *b.constant);
}
Formula at_most(const Term& a, const Term& b) {
    return compare("<=", a, b, a.constant && b.constant && *a.constant <= *b.constant);
}
Formula all_of(const std::vector<Formula>& formulas) { return connect("and", formulas, "true", "false"); }
Formula some_of(const std::vector<Formula>& formulas) { return connect("or", formulas, "false", "true"); }

Formula negation(const Formula& formula) {
    if (formula == "true") return "false";
    if (formula == "false") return "true";
    return fmt::format("(not {})", formula);
}

Term Script::name(const Term& term) {
    if (term.constant || term.text.front() != '(') return term;
    Term named(fmt::format("t{}", names_++));
    body_ += fmt::format("(define-fun {} () Real {})\n", named.text, term.text);
    return named;
}

Formula Script::declare_bool(const std::string& name) {
    body_ += fmt::format("(declare-const {} Bool)\n", name);
    return name;
}

void Script::assert_formula(const Formula& formula) { body_ += fmt::format("(assert {})\n", formula); }

Terms Script::apply(const exact::AffineMap& map, const Terms& x) {
    Terms result;
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        Terms parts;
        if (!map.bias.empty()) parts.emplace_back(map.bias[r]);
        for (const auto& [column, weight] : map.weight.rows[r]) parts.push_back(times(weight, x[column]));
        result.push_back(name(sum(parts)));
    }
    return result;
}

Terms Script::rectify(const Terms& x) {
    Terms result;
    for (const Term& t : x) {
        const Term zero;
        result.push_back(t.constant ? Term(exact::Rational(*t.constant > 0 ? *t.constant : 0))
                                    : name(if_then_else(less(zero, t), t, zero)));
    }
    return result;
}

std::string Script::finish() && { return "(set-logic ALL)\n" + std::move(body_) + "(check-sat)\n(exit)\n"; }

}  // namespace attest::benchmarks
