#include "attest/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "attest/base/error.hpp"

namespace attest::base {

namespace {

/// Bytes of the code point that starts at `at`; 0 if there is no valid one (overlong, surrogate, cut).
std::size_t code_point_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t k) -> unsigned { return static_cast<unsigned char>(text[at + k]); };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
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
        if (length == 0) throw InputError(where, "UTF-8 text", fmt::format("the byte 0x{:02x}", static_cast<unsigned char>(text[at])));
        points.emplace_back(text.substr(at, length));
        at += length;
    }
    return points;
}

std::string printable(std::string_view text, std::size_t at_most) {
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = code_point_length(text, at);
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool second_control = length == 2 && byte == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (length == 0 || byte < 0x20 || byte == 0x7F || second_control) {
            pieces.push_back(fmt::format("\\x{:02x}", byte));
            ++at;
        } else {
            pieces.emplace_back(text.substr(at, length));
            at += length;
        }
    }
    const auto join = [&](std::size_t from, std::size_t to) {
        return std::accumulate(pieces.begin() + static_cast<std::ptrdiff_t>(from),
                               pieces.begin() + static_cast<std::ptrdiff_t>(to), std::string());
    };
    if (pieces.size() <= at_most) return join(0, pieces.size());
    const std::size_t half = at_most / 2;
    return join(0, half) + "…" + join(pieces.size() - half, pieces.size());
}

std::string counted(std::size_t count, const std::string& noun) { return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s"); }

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        std::vector<std::size_t> row(candidate.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 0; i < word.size(); ++i) {
            std::size_t diagonal = row[0]++;
            for (std::size_t j = 0; j < candidate.size(); ++j) {
                const std::size_t substituted = diagonal + (word[i] == candidate[j] ? 0 : 1);
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
