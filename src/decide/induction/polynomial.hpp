#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "attest/exact/rational.hpp"

namespace attest::induction {

/// A polynomial with rational coefficients in four variables, which stand for whole numbers from 0.
class Polynomial {
  public:
    static constexpr std::size_t variables = 4;
    using Powers = std::array<std::uint8_t, variables>;

    Polynomial(const exact::Rational& constant = 0);  // NOLINT: a number is a polynomial
    static Polynomial variable(std::size_t k);

    /// The powers and coefficients of its terms, none of them 0.
    const std::map<Powers, exact::Rational>& terms() const { return terms_; }
    exact::Rational constant_term() const;
    /// The number that it is, where no variable occurs.
    std::optional<exact::Rational> constant() const;

    Polynomial& operator+=(const Polynomial& other);
    Polynomial& operator-=(const Polynomial& other);
    friend Polynomial operator+(Polynomial a, const Polynomial& b) { return a += b; }
    friend Polynomial operator-(Polynomial a, const Polynomial& b) { return a -= b; }
    /// Throws  Unsupported beyond a degree of 255 or 4096 terms
    friend Polynomial operator*(const Polynomial& a, const Polynomial& b);

  private:
    void add(const Powers& powers, const exact::Rational& coefficient);

    std::map<Powers, exact::Rational> terms_;
};

/// Which signs the values of a polynomial may have, as its coefficients show: one without negative coefficients is nowhere
/// negative, and nowhere 0 if its constant term is positive. What is said to be impossible is; the rest may be.
struct Signs {
    bool negative = true, zero = true, positive = true;
};
Signs signs(const Polynomial& polynomial);

}  // namespace attest::induction
