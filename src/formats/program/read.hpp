#pragma once

#include <string>

#include "attest/base/json.hpp"
#include "attest/network/program.hpp"

namespace attest::formats {

/// Whether the document says that it is a program.
bool is_program(const base::JsonNode& root);

/// Reads and checks a program.
/// Throws  InputError with the place
network::Program read_program(const base::JsonNode& root, const std::string& default_name);

}  // namespace attest::formats
