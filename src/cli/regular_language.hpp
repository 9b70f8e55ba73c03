#pragma once

#include <string>

#include "attest/language/language.hpp"

namespace attest::cli {

/// The language of an operand, over the symbols of `--alphabet` where they are given and it may be over any.
/// Throws  UsageError where it has an alphabet of its own that is another
language::Language load_over(const std::string& language, const std::string& symbols);

}  // namespace attest::cli
