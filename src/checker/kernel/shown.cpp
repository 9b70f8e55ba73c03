#include "checker/kernel/shown.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

// What is printed of a stranger's certificate must not act on the terminal, nor look like words of the checker: control
// characters, invisible ones and those that turn the direction of reading are written as escapes.

namespace attest::checker {
namespace {

struct Character {
    std::size_t bytes = 0;  ///< 0: there is no valid one here
    std::uint32_t point = 0;
};

/// The UTF-8 character that the text begins with (RFC 3629: none overlong, no surrogate, none above U+10FFFF).
Character first(std::string_view text) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    if (byte(0) < 0x80) return {1, byte(0)};
    const std::size_t bytes = byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
    if (byte(0) < 0xc2 || byte(0) > 0xf4 || text.size() < bytes) return {};
    std::uint32_t point = byte(0) & (0xffU >> (bytes + 1));
    for (std::size_t k = 1; k < bytes; ++k) {
        if ((byte(k) & 0xc0) != 0x80) return {};
        point = point << 6 | (byte(k) & 0x3fU);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[bytes] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return {};
    return {bytes, point};
}

/// Controls, and all that has no width or moves what stands beside it: separators of lines and paragraphs, marks and
/// overrides of direction, joiners, fillers, selectors of variants, tags, and what is for private use or never
/// assigned.
bool is_hidden(std::uint32_t point) {
    constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 23> ranges = {{
        {0x00, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},        {0x34f, 0x34f},   {0x61c, 0x61c},
        {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f},    {0x200b, 0x200f}, {0x2028, 0x202e},
        {0x2060, 0x206f},   {0x3164, 0x3164},   {0xe000, 0xf8ff},    {0xfdd0, 0xfdef}, {0xfe00, 0xfe0f},
        {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},    {0xfffe, 0xffff}, {0x1bca0, 0x1bca3},
        {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}, {0xf0000, 0x10ffff},
    }};
    const bool never = (point & 0xfffe) == 0xfffe;  // the last two of each plane
    return never || std::any_of(ranges.begin(), ranges.end(),
                                [&](const auto& r) { return r.first <= point && point <= r.second; });
}

std::string escaped(std::string_view bytes, std::uint32_t point) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    if (point >= 0xa0) {
        for (int shift = point > 0xfffff ? 20 : point > 0xffff ? 16 : 12; shift >= 0; shift -= 4)
            text += digits[point >> shift & 15];
        return "\\u" + text;
    }
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

/// The text in pieces, one a character or byte that is shown; of a huge text only as much at both ends as can be shown.
std::vector<std::string> pieces_of(std::string_view whole, std::size_t most, bool within_quotes) {
    const std::size_t end = 4 * most + 4;
    std::string text_of_ends;
    std::string_view text = whole;
    if (whole.size() > 2 * end)
        text = text_of_ends = std::string(whole.substr(0, end)).append(whole.substr(whole.size() - end));
    std::vector<std::string> pieces;
    while (!text.empty()) {
        const Character c = first(text);
        const std::string_view bytes = text.substr(0, std::max<std::size_t>(c.bytes, 1));
        const bool marked = within_quotes && (c.point == '"' || c.point == '\\');
        if (c.bytes == 0 || is_hidden(c.point)) pieces.push_back(escaped(bytes, c.point));
        else pieces.push_back((marked ? "\\" : "") + std::string(bytes));
        text.remove_prefix(bytes.size());
    }
    return pieces;
}

std::string joined(const std::vector<std::string>& pieces, std::size_t most) {
    const bool cut = pieces.size() > most;
    std::string text;
    for (std::size_t k = 0; k < pieces.size(); ++k) {
        if (cut && k == most / 2) text += "…", k = pieces.size() - most / 2;
        text += pieces[k];
    }
    return text;
}

}  // namespace

std::string shown(std::string_view text, std::size_t most) { return joined(pieces_of(text, most, false), most); }

std::string quoted(std::string_view text, std::size_t most) {
    return '"' + joined(pieces_of(text, most, true), most) + '"';
}

}  // namespace attest::checker
