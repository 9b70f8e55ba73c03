#include "checker/classes/free_symbols.hpp"

// That exactly k symbols are asked for has at most the probability C(k+H−1, H−1) q^k (1−q)^H, summed from below.

namespace attest::checker {

FreeSymbols free_symbols(std::size_t width, std::size_t heads, const Rational& p, Budget& budget) {
    const Rational q = 2 * p / (1 + p);
    Rational term = 1, below = 0;  // of exactly k, of fewer than k
    for (std::size_t h = 0; h < heads; ++h) {
        budget.arithmetic((h + 1) * (1 + digits_of(p)));
        term *= 1 - q;
    }
    for (std::size_t k = 0; k < width; ++k) {
        budget.arithmetic((k + heads) * (1 + digits_of(p)));
        below += term;
        term *= q * (k + heads) / (k + 1);
    }
    return {1 - below, 1 - below - term};
}

}  // namespace attest::checker
