#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace attest::checker {

/// Text of a stranger as it can stand within one line on a terminal. What could end the line, steer the terminal, turn
/// the direction of reading, or not be seen is written as the bytes it consists of, `\x1b`; so are bytes that are no UTF-8,
/// and characters that no one may be assigned. What is longer than `most` characters is cut in the middle.
std::string shown(std::string_view text, std::size_t most = 2000);

/// The same in quotation marks, which cannot be closed from within: `"` and `\` have a `\` before them.
std::string quoted(std::string_view text, std::size_t most = 80);

}  // namespace attest::checker
