#pragma once

#include <string>

#include "attest/base/json.hpp"

namespace attest::formats {

/// The member `source`: texts `family`, `file`, `sha256` and the object `assumed`, which may be left out; as JSON on one
/// line, with numbers as they stand.
std::string read_source(const base::JsonNode& node);

}  // namespace attest::formats
