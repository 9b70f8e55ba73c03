#pragma once

#include <fmt/format.h>

#include <cctype>
#include <cstdint>
#include <optional>
#include <string>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::cli {

/// Whether a text asks for all lengths at once: `all`, `0..` or `1..`.
///
/// least   at which there is something to ask: where `all` begins
/// Gives   the first of them; nothing for a text that names lengths
/// Throws  UsageError for a text that asks for neither: a word, or an open range from elsewhere
inline std::optional<std::int64_t> parse_every_length(const std::string& text, std::int64_t least) {
    if (text == "all") return least;
    if (text == "0..") return 0;
    if (text == "1..") return 1;
    const bool is_word = !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
    if (is_word || text.ends_with(".."))
        throw base::UsageError(
            fmt::format("--length: expected N, A..B or a list of these, or all, 0.. or 1.. for all lengths, found '{}'",
                        base::printable(text)));
    return std::nullopt;
}

/// What is asked of all lengths; where that is not supported, the reason says what would be.
template <typename Ask>
auto or_give_a_length(const Ask& ask) {
    try {
        return ask();
    } catch (const base::Unsupported& reason) {
        const std::string why = reason.what();
        if (why.find("--length") != std::string::npos) throw;
        throw base::Unsupported(why + "; give --length a number or a range A..B");
    }
}

}  // namespace attest::cli
