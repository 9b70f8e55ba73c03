#pragma once

#include <optional>

#include "checker/machine/polynomial.hpp"
#include "checker/network/expression.hpp"

namespace attest::checker {

/// Infinitely many places at once.
struct Region {
    Polynomial i, j, n;
    long dk = 0;
};

/// A quotient; `below` is positive everywhere.
struct Quotient {
    Polynomial above, below = Polynomial::of(1);
};

Quotient difference(const Quotient& a, const Quotient& b, Budget& budget);
Quotient sum(const Quotient& a, const Quotient& b, Budget& budget);
Quotient product(const Quotient& a, const Quotient& b, Budget& budget);

/// What an expression is in a region; nothing where it is open.
std::optional<Quotient> in_region(const Expression& expression, const Region& region, Budget& budget);

/// Whether the expression has a value at all places of the region, by what FORMAT.md section 21 asks of its operations.
bool has_value_in(const Expression& expression, const Region& region, Budget& budget);

}  // namespace attest::checker
