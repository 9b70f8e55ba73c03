#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::base {

namespace {

/// Bytes of the code point that starts at `at`; 0 if there is no valid one (overlong, surrogate, cut).
std::size_t code_point_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t k) -> unsigned { return static_cast<unsigned char>(text[at + k]); };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || at + length > text.size()) return 0;
    for (std::size_t k = 1; k < length; ++k)
        if ((byte(k) & 0xC0) != 0x80) return 0;
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
    return length;
}

}  // namespace

std::vector<std::string> code_points(std::string_view text, const std::string& where) {
    std::vector<std::string> points;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = code_point_length(text, at);
        if (length == 0)
            throw InputError(where, "UTF-8 text",
                             fmt::format("the byte 0x{:02x}", static_cast<unsigned char>(text[at])));
        points.emplace_back(text.substr(at, length));
        at += length;
    }
    return points;
}

namespace {

char32_t decode(std::string_view point) {
    if (point.size() == 1) return static_cast<unsigned char>(point[0]);
    char32_t value = static_cast<unsigned char>(point[0]) & (0x7FU >> point.size());
    for (const char c : point.substr(1)) value = value << 6 | (static_cast<unsigned char>(c) & 0x3FU);
    return value;
}

/// What a terminal does not show where it stands: controls, separators of lines, marks of direction, what has no width,
/// and what is not assigned to anything.
bool is_invisible(char32_t c) {
    const auto within = [c](char32_t from, char32_t to) { return from <= c && c <= to; };
    const bool control = c < 0x20 || within(0x7F, 0x9F) || c == 0xAD;
    const bool separator_or_direction =
        within(0x2028, 0x202E) || within(0x200B, 0x200F) || within(0x2060, 0x206F) || c == 0x061C;
    const bool filler = c == 0x034F || within(0x115F, 0x1160) || within(0x17B4, 0x17B5) || within(0x180B, 0x180F) ||
                        c == 0x3164 || c == 0xFFA0;
    const bool selector = within(0xFE00, 0xFE0F) || c == 0xFEFF || within(0xFFF0, 0xFFFB) || within(0xE0000, 0xE0FFF);
    const bool notation = within(0x1BCA0, 0x1BCA3) || within(0x1D173, 0x1D17A);
    const bool unassigned =
        within(0xE000, 0xF8FF) || within(0xFDD0, 0xFDEF) || (c & 0xFFFE) == 0xFFFE || within(0xF0000, 0x10FFFF);
    return control || separator_or_direction || filler || selector || notation || unassigned;
}

/// Each character as it is shown.
std::vector<std::string> shown_characters(std::string_view text, bool escape_quotes) {
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = code_point_length(text, at);
        const std::string_view point = text.substr(at, std::max<std::size_t>(length, 1));
        const char32_t c = length == 0 ? 0 : decode(point);
        if (length > 0 && c >= 0xA0 && is_invisible(c)) {
            pieces.push_back(fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c)));
        } else if (length == 0 || is_invisible(c)) {
            std::string escape;
            for (const char byte : point) escape += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
            pieces.push_back(std::move(escape));
        } else {
            const bool escape = escape_quotes && (point == "\"" || point == "\\");
            pieces.push_back((escape ? "\\" : "") + std::string(point));
        }
        at += point.size();
    }
    return pieces;
}

std::string cut(const std::vector<std::string>& pieces, std::size_t at_most) {
    const auto join = [&](std::size_t from, std::size_t to) {
        return std::accumulate(pieces.begin() + static_cast<std::ptrdiff_t>(from),
                               pieces.begin() + static_cast<std::ptrdiff_t>(to), std::string());
    };
    if (pieces.size() <= at_most) return join(0, pieces.size());
    const std::size_t half = at_most / 2;
    return join(0, half) + "…" + join(pieces.size() - half, pieces.size());
}

}  // namespace

std::string printable(std::string_view text, std::size_t at_most) {
    return cut(shown_characters(text, false), at_most);
}

std::string quoted(std::string_view text, std::size_t at_most) {
    return '"' + cut(shown_characters(text, true), at_most) + '"';
}

std::string named(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    return !name.empty() && name.size() <= 80 && std::all_of(name.begin(), name.end(), plain) ? std::string(name)
                                                                                              : quoted(name);
}

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

namespace {

/// Letters of either case are the same in a slip.
bool alike(char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return lower(a) == lower(b);
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        std::vector<std::size_t> row(candidate.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 0; i < word.size(); ++i) {
            std::size_t diagonal = row[0]++;
            for (std::size_t j = 0; j < candidate.size(); ++j) {
                const std::size_t substituted = diagonal + (alike(word[i], candidate[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

InputError::InputError(const std::string& where, const std::string& expected, const std::string& found)
    : Error(fmt::format("{}: expected {}, found {}", where, expected, found)) {}

InputError::InputError(const std::string& where, const std::string& what) : Error(where + ": " + what) {}

}  // namespace attest::base
