#pragma once

#include <cstddef>

#include "checker/core/rational.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// After a random restriction that leaves each symbol free with probability p: how probably H lists, one after the other,
/// ask for so many free symbols (T of FORMAT.md sections 9.11 and 9.14).
struct FreeSymbols {
    Rational at_least;  ///< T(w)
    Rational more;      ///< T(w + 1)
};

/// Exact   yes
/// Cost    O(width + heads) products of rationals
FreeSymbols free_symbols(std::size_t width, std::size_t heads, const Rational& p, Budget& budget);

}  // namespace attest::checker
