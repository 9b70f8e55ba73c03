#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace attest::checker {

using Rational = mpq_class;
using Vector = std::vector<Rational>;

/// The number that a decimal literal (JSON syntax: `3`, `-0.25`, `1e-5`) stands for.
///
/// Exact   yes: 0.1 is 1/10
/// Throws  Defect (no place) for another syntax, an exponent beyond ±4096 or more than 100000 characters without the
///         sign
Rational decimal(std::string_view text);

/// The same for a number of a JSON document: its digits before the point and its exponent add up to at most 4932.
Rational json_number(std::string_view text);

/// A fraction in lowest terms, its denominator at least 1.
struct ShortFraction {
    std::int64_t numerator, denominator;
};

/// Reads a fraction of two numbers of at most 18 digits without leading zeros, the first with a sign or not; none for any
/// other text, be it a number or not.
std::optional<ShortFraction> short_fraction(std::string_view text);

/// The number that text in quotation marks stands for: an integer or integer/integer, without leading zeros, the
/// second not negative and not 0.
Rational quoted_number(std::string_view text);

/// How many 64-bit digits it has, above and below the line: what arithmetic on it costs.
inline std::size_t digits_of(const Rational& x) { return mpz_size(x.get_num_mpz_t()) + mpz_size(x.get_den_mpz_t()); }

/// The order of vectors by which value sets and views are looked up; it never decides the order of anything.
struct VectorLess {
    bool operator()(const Vector& a, const Vector& b) const;
};

}  // namespace attest::checker
