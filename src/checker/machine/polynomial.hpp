#pragma once

#include <array>
#include <map>
#include <optional>

#include "checker/core/rational.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A polynomial in the variables u, v, w, x, which stand for all whole numbers from 0.
struct Polynomial {
    using Exponents = std::array<unsigned, 4>;

    std::map<Exponents, Rational> terms;  ///< without zeros

    static Polynomial of(const Rational& number);
    static Polynomial variable(std::size_t k);
    Rational constant() const;
    bool is_constant() const;
    /// By what its coefficients show.
    bool never_negative() const;
    bool never_positive() const;
    bool never_zero() const;  ///< and so of one sign
    /// Whether all coefficients but the constant term are whole multiples of the number, which is not 0.
    bool varies_by(const Rational& number) const;
};

Polynomial sum(const Polynomial& a, const Polynomial& b, Budget& budget);
Polynomial difference(const Polynomial& a, const Polynomial& b, Budget& budget);
/// Throws  Defect (limits) for a power beyond 255 or more than 4096 terms
Polynomial product(const Polynomial& a, const Polynomial& b, Budget& budget);

}  // namespace attest::checker
