#pragma once

#include <charconv>
#include <cstdint>
#include <string>

namespace attest::logic {

/// Writes a number and a space.
inline void append(std::string& text, std::int64_t number) {
    char digits[24];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    text += ' ';
}

/// Writes a number of a binary proof: twice its absolute value, plus 1 if it is negative, seven bits a byte, the least
/// first.
inline void append_binary(std::string& bytes, std::int64_t number) {
    std::uint64_t left =
        number < 0 ? 2 * static_cast<std::uint64_t>(-number) + 1 : 2 * static_cast<std::uint64_t>(number);
    for (; left > 0x7f; left >>= 7) bytes += static_cast<char>(0x80 | (left & 0x7f));
    bytes += static_cast<char>(left);
}

}  // namespace attest::logic
