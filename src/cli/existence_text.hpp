#pragma once

#include <string>

#include "attest/certify/existence.hpp"

namespace attest::cli {

/// What shows that a class has a network for a language, or has none, or why it is not known; half a line.
std::string existence_text(const certify::Existence& existence);

}  // namespace attest::cli
