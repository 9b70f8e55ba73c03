#pragma once

#include <string>

#include "attest/base/json.hpp"
#include "attest/network/program.hpp"

namespace attest::formats {

/// A value of a program: a number, a rational that is none (`"1/2"`, in lowest terms), or any other text.
/// Throws  InputError with the place
network::Program::Value read_value(const base::JsonNode& node);

/// A symbol must be a text: throws InputError where it would be read as a rational.
void require_text(const base::JsonNode& node, const std::string& symbol);

}  // namespace attest::formats
