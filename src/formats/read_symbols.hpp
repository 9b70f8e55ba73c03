#pragma once

#include <optional>
#include <string>

#include "attest/base/json.hpp"
#include "attest/language/alphabet.hpp"

namespace attest::formats {

/// The member `alphabet`: distinct symbols, at least one; of several characters only where that is allowed.
language::Alphabet read_alphabet(const base::JsonNode& root, bool long_symbols);

/// The symbol outside the alphabet that this member names, if it is there and not null.
std::optional<std::string> read_marker(const base::JsonNode& root, const char* key, const language::Alphabet& alphabet);

}  // namespace attest::formats
