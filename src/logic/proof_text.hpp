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

}  // namespace attest::logic
