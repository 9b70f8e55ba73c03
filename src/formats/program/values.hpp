#pragma once

#include <string>
#include <string_view>

#include "attest/base/json.hpp"
#include "attest/network/program.hpp"

namespace attest::formats {

/// A value of a program: a number, a rational that is none (`"1/2"`, in lowest terms), or any other text.
/// Throws  InputError with the place
network::Program::Value read_value(const base::JsonNode& node);

/// Whether a text has the form p/q, which is read as a number.
bool is_quotient(std::string_view text);

/// A symbol must be a text: throws InputError where it would be read as a rational.
void require_text(const base::JsonNode& node, const std::string& symbol);

}  // namespace attest::formats
