#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace attest::formats {

/// JSON with containers of short members on one line, so that a person can read a matrix.
std::string pretty(const nlohmann::ordered_json& value, std::size_t indent = 0);

}  // namespace attest::formats
