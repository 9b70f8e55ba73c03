#include "polynomial.hpp"

#include "attest/base/error.hpp"

namespace attest::induction {

using exact::Rational;

Polynomial::Polynomial(const Rational& constant) {
    if (constant != 0) terms_.emplace(Powers{}, constant);
}

Polynomial Polynomial::variable(std::size_t k) {
    Polynomial result;
    Powers powers{};
    powers[k] = 1;
    result.terms_.emplace(powers, 1);
    return result;
}

Rational Polynomial::constant_term() const {
    const auto found = terms_.find(Powers{});
    return found == terms_.end() ? Rational() : found->second;
}

std::optional<Rational> Polynomial::constant() const {
    if (terms_.empty()) return Rational();
    if (terms_.size() > 1 || terms_.begin()->first != Powers{}) return std::nullopt;
    return terms_.begin()->second;
}

void Polynomial::add(const Powers& powers, const Rational& coefficient) {
    const auto [at, is_new] = terms_.try_emplace(powers, coefficient);
    if (!is_new) at->second += coefficient;
    if (at->second == 0) terms_.erase(at);
}

Polynomial& Polynomial::operator+=(const Polynomial& other) {
    for (const auto& [powers, coefficient] : other.terms_) add(powers, coefficient);
    return *this;
}

Polynomial& Polynomial::operator-=(const Polynomial& other) {
    for (const auto& [powers, coefficient] : other.terms_) add(powers, -coefficient);
    return *this;
}

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
    constexpr std::size_t most_terms = 4096;
    Polynomial product;
    for (const auto& [p, x] : a.terms_)
        for (const auto& [q, y] : b.terms_) {
            Polynomial::Powers powers{};
            for (std::size_t k = 0; k < Polynomial::variables; ++k) {
                if (p[k] + q[k] > 255) throw base::Unsupported("a power beyond 255 in a score");
                powers[k] = static_cast<std::uint8_t>(p[k] + q[k]);
            }
            product.add(powers, x * y);
            if (product.terms_.size() > most_terms) throw base::Unsupported("a score of more than 4096 terms");
        }
    return product;
}

Signs signs(const Polynomial& polynomial) {
    bool some_negative = false, some_positive = false;
    for (const auto& term : polynomial.terms()) (term.second < 0 ? some_negative : some_positive) = true;
    const bool zero_at_most = polynomial.constant_term() == 0;
    if (some_negative && some_positive) return {};
    return {some_negative, zero_at_most, some_positive};
}

}  // namespace attest::induction
