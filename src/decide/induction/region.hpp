#pragma once

#include <optional>
#include <string>

#include "attest/exact/expression.hpp"
#include "polynomial.hpp"

namespace attest::induction {

/// A quotient of polynomials, the denominator positive everywhere.
struct Quotient {
    Polynomial numerator;
    Polynomial denominator{1};
};

/// Infinitely many places at once: i, j and n as polynomials in whole numbers from 0.
struct Region {
    Polynomial i, j, n;
    std::int64_t dk = 0;
};

/// What an expression is everywhere in a region, if one quotient says it: conditions, signs and remainders must come out the same
/// at all places.
/// Exact   yes
std::optional<Quotient> evaluate(const exact::Expression& expression, const Region& region);

/// Which signs the expression may have there.
Signs signs(const Quotient& quotient);
Quotient operator-(const Quotient& a, const Quotient& b);
Quotient operator+(const Quotient& a, const Quotient& b);
Quotient operator*(const Quotient& a, const Quotient& b);

/// What keeps an expression from having a value at all places, in the words of the user: empty if nothing does.
///
/// shortest  the length of the shortest sequence
std::string lacks_value(const exact::Expression& expression, std::int64_t shortest, std::int64_t dk);

}  // namespace attest::induction
