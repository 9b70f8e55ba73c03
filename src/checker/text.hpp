#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::checker {

/// A symbol is one Unicode character, held as its UTF-8 bytes (whose order is the order of code points).
using Symbol = std::string;

/// The characters of the text in order. Needs valid UTF-8.
std::vector<Symbol> characters(std::string_view text);

bool is_symbol(std::string_view text);

/// The natural number that the text writes without sign, leading zeros or spaces; nothing for another text or
/// above most.
std::optional<long> natural(std::string_view text, long most);

}  // namespace attest::checker
