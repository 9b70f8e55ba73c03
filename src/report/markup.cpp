#include "attest/report/markup.hpp"

#include <fmt/format.h>

#include "attest/base/text.hpp"

namespace attest::report {

namespace {

/// The code point of one valid UTF-8 sequence.
unsigned code_point(const std::string& bytes) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[k])); };
    if (bytes.size() == 1) return byte(0);
    unsigned value = byte(0) & (0xFFU >> (bytes.size() + 1));
    for (std::size_t k = 1; k < bytes.size(); ++k) value = value << 6 | (byte(k) & 0x3FU);
    return value;
}

/// Direction marks and overrides, zero-width and invisible characters, private and non-characters: what could make a
/// text read as another one, and what XML does not allow.
bool deceives(unsigned c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x61C || c == 0xAD ||
           (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFE || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

std::string visible(std::string_view text) {
    std::string shown;
    for (const std::string& point : base::code_points(base::printable(text, SIZE_MAX), "text")) {
        const unsigned c = code_point(point);
        if (deceives(c)) shown += fmt::format("\\u{:04x}", c);
        else shown += point;
    }
    return shown;
}

std::string escaped(std::string_view text) {
    std::string markup;
    for (const char c : visible(text)) {
        if (c == '&') markup += "&amp;";
        else if (c == '<') markup += "&lt;";
        else if (c == '>') markup += "&gt;";
        else if (c == '"') markup += "&quot;";
        else if (c == '\'') markup += "&#39;";
        else markup += c;
    }
    return markup;
}

}  // namespace attest::report
