#pragma once

#include <string>

#include "attest/exact/rational.hpp"

namespace attest::exact {

/// For people: `0.5`, and with six significant digits `~0.333333` where these are not all.
std::string to_decimal(const Rational& number);

}  // namespace attest::exact
