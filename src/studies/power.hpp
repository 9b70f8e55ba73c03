#pragma once

#include <cstddef>

#include "attest/exact/ball.hpp"
#include "attest/exact/rational.hpp"

namespace attest::studies {

/// Exact   yes
/// Cost    two powers of integers
inline exact::Rational to_power(const exact::Rational& x, std::size_t exponent) {
    mpz_class numerator, denominator;
    mpz_pow_ui(numerator.get_mpz_t(), x.get_num_mpz_t(), exponent);
    mpz_pow_ui(denominator.get_mpz_t(), x.get_den_mpz_t(), exponent);
    return exact::Rational(numerator) / exact::Rational(denominator);
}

inline exact::Ball to_power(const exact::Ball& x, std::size_t exponent) {
    return power(x, mpz_class(static_cast<unsigned long>(exponent)));
}

}  // namespace attest::studies
