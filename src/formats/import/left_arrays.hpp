#pragma once

#include <cstddef>

#include "attest/base/json.hpp"
#include "attest/exact/matrix.hpp"

// Arrays of compilers that multiply from the left, x M, in hexadecimal numbers (tracr, alta).

namespace attest::formats::import {

/// A number as C99 writes it, `0x1.8p+1`: the rational that it is.
exact::Rational hexadecimal(const base::JsonNode& node);

/// A list of `rows` rows of `columns` numbers, as the matrix that multiplies from the right side: [columns × rows].
exact::Matrix transposed(const base::JsonNode& node, std::size_t rows, std::size_t columns);

/// How many columns the first row has.
std::size_t width(const base::JsonNode& node);

}  // namespace attest::formats::import
