#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace attest::cli {

/// Whether a text asks for all lengths at once: `all`, `0..` or `1..`.
///
/// least   at which there is something to ask: where `all` begins
/// Gives   the first of them; nothing for another text
inline std::optional<std::int64_t> parse_every_length(const std::string& text, std::int64_t least) {
    if (text == "all") return least;
    if (text == "0..") return 0;
    if (text == "1..") return 1;
    return std::nullopt;
}

}  // namespace attest::cli
