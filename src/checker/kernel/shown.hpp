#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace attest::checker {

/// Text of a stranger as it can stand within one line on a terminal. What could end the line, steer the terminal, turn
/// the direction of reading, or not be seen is escaped: controls and bytes that are no UTF-8 as bytes, `\x1b`, other
/// characters by their number, `\u202e`. What is longer than `most` characters is cut in the middle.
std::string shown(std::string_view text, std::size_t most = 2000);

/// The same in quotation marks, which cannot be closed from within: `"` and `\` have a `\` before them.
std::string quoted(std::string_view text, std::size_t most = 80);

}  // namespace attest::checker
