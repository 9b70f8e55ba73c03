#include "told_positions.hpp"

#include <charconv>
#include <string_view>

namespace attest::formats {

std::optional<std::int64_t> told_positions(const network::Transformer& transformer) {
    constexpr std::string_view before = "0/[i <= ", after = "]";
    if (transformer.position.empty()) return std::nullopt;
    const std::string_view text = transformer.position.front().text();
    if (!text.starts_with(before)) return std::nullopt;
    std::int64_t last = 0;
    const char* const digits = text.data() + before.size();
    const auto [end, error] = std::from_chars(digits, text.data() + text.size(), last);
    if (error != std::errc() || last < 1) return std::nullopt;
    const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    if (rest != after && !rest.starts_with("] + ")) return std::nullopt;
    return last;
}

std::optional<std::int64_t> told_max_length(const network::Transformer& transformer) {
    const auto last = told_positions(transformer);
    const std::int64_t frame = (transformer.begin ? 1 : 0) + (transformer.end ? 1 : 0);
    if (!last || *last < frame) return std::nullopt;
    return *last - frame;
}

}  // namespace attest::formats
