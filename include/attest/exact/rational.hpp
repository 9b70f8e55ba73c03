#pragma once

#include <gmpxx.h>

#include <string>
#include <string_view>
#include <vector>

#include "attest/base/json.hpp"

namespace attest::exact {

/// An exact rational number, always in lowest terms.
using Rational = mpq_class;
/// A column of numbers.
using Vector = std::vector<Rational>;

/// A decimal as JSON and expressions write it: `3`, `-0.5`, `1e-5`.
/// Throws  InputError (`where`) for an exponent beyond ±4096 or other text.
Rational parse_decimal(std::string_view digits, const std::string& where);

/// A decimal, or two with a slash between them: `1/3`, `0.5`, `1e-3/2`.
/// Throws  InputError (`where`) as parse_decimal, and for a denominator of 0
Rational parse_number(std::string_view text, const std::string& where);

/// A number of a model file: a JSON number (the decimal, exactly) or the string `"p/q"` or `"p"`, without leading zeros.
/// Throws  InputError with the place
Rational read_rational(const base::JsonNode& node);

/// `3`, `-1/2`
std::string to_string(const Rational& number);

}  // namespace attest::exact
