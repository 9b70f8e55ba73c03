#pragma once

#include <string>
#include <string_view>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// The SHA-256 (FIPS 180-4) of the bytes, as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);
/// The same without the processor's instructions for it: what the tests hold them against.
std::string sha256_portably(std::string_view bytes);
/// The same, for which a stranger decides how many they are.
std::string sha256(std::string_view bytes, Budget& budget);

}  // namespace attest::checker
