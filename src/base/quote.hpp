#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace attest::base {

/// The text in quotation marks, as `printable` gives it, such that they cannot be closed from within: `"` and `\` are
/// escaped as well.
std::string quoted(std::string_view text, std::size_t at_most = 80);

/// A name that somebody chose, within a sentence: as it is if it can only be read as a name (letters, digits, `-`, `_`, `.`),
/// else quoted.
std::string named(std::string_view name);

}  // namespace attest::base
