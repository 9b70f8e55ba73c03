#include "checker/machine/polynomial.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

namespace attest::checker {
namespace {

void add_term(Polynomial& to, const Polynomial::Exponents& exponents, const Rational& coefficient, Budget& budget) {
    budget.arithmetic(digits_of(coefficient));
    Rational& sum = to.terms[exponents];
    sum += coefficient;
    if (sum == 0) to.terms.erase(exponents);
}

template <typename Test>
bool all(const Polynomial& polynomial, const Test& test) {
    return std::all_of(polynomial.terms.begin(), polynomial.terms.end(),
                       [&](const auto& term) { return test(term.second); });
}

}  // namespace

Polynomial Polynomial::of(const Rational& number) {
    Polynomial result;
    if (number != 0) result.terms[Exponents{}] = number;
    return result;
}

Polynomial Polynomial::variable(std::size_t k) {
    Polynomial result;
    Exponents exponents{};
    exponents.at(k) = 1;
    result.terms[exponents] = 1;
    return result;
}

Rational Polynomial::constant() const {
    const auto found = terms.find(Exponents{});
    return found == terms.end() ? Rational() : found->second;
}

bool Polynomial::is_constant() const {
    return terms.empty() || (terms.size() == 1 && terms.begin()->first == Exponents{});
}
bool Polynomial::never_negative() const {
    return all(*this, [](const Rational& c) { return c > 0; });
}
bool Polynomial::never_positive() const {
    return all(*this, [](const Rational& c) { return c < 0; });
}
bool Polynomial::never_zero() const { return constant() != 0 && (never_negative() || never_positive()); }

bool Polynomial::varies_by(const Rational& number) const {
    return std::all_of(terms.begin(), terms.end(), [&](const auto& term) {
        return term.first == Exponents{} || Rational(term.second / number).get_den() == 1;
    });
}

Polynomial sum(const Polynomial& a, const Polynomial& b, Budget& budget) {
    Polynomial result = a;
    for (const auto& [exponents, coefficient] : b.terms) add_term(result, exponents, coefficient, budget);
    return result;
}

Polynomial difference(const Polynomial& a, const Polynomial& b, Budget& budget) {
    Polynomial result = a;
    for (const auto& [exponents, coefficient] : b.terms) add_term(result, exponents, -coefficient, budget);
    return result;
}

Polynomial product(const Polynomial& a, const Polynomial& b, Budget& budget) {
    constexpr unsigned most_power = 255;
    constexpr std::size_t most_terms = 4096;
    Polynomial result;
    for (const auto& [p, x] : a.terms)
        for (const auto& [q, y] : b.terms) {
            Polynomial::Exponents exponents{};
            for (std::size_t k = 0; k < exponents.size(); ++k) {
                exponents[k] = p[k] + q[k];
                if (exponents[k] > most_power) throw Defect("limits", "a score has a power beyond 255");
            }
            budget.arithmetic(digits_of(x) + digits_of(y));
            add_term(result, exponents, x * y, budget);
            if (result.terms.size() > most_terms) throw Defect("limits", "a score has more than 4096 terms");
        }
    return result;
}

}  // namespace attest::checker
