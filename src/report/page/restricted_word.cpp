#include "restricted_word.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::report {

namespace {

constexpr std::int64_t most_positions = 128;
constexpr double step = 30, across = 28;  // boxes in a row of so many

std::string symbol_at(const record::Members& fixed, const std::string& position) {
    for (const auto& [at, symbol] : fixed)
        if (at == position) return symbol;
    return {};
}

/// The word in boxes: the symbol where it is fixed, empty where it is free.
Svg draw_word(const record::Members& fixed, std::int64_t length) {
    const auto count = static_cast<double>(length);
    const double rows = std::ceil(count / across);
    std::string description;
    for (const auto& [position, symbol] : fixed)
        description += fmt::format("{}position {} is {}", description.empty() ? "" : ", ", position, symbol);
    Svg svg(step * std::min(count, across) + 8, 48 * rows + 4, "The restriction",
            description.empty() ? "No position is fixed." : description + "; the others are free.");
    for (std::int64_t i = 0; i < length; ++i) {
        const double x = 4 + step * static_cast<double>(i % static_cast<std::int64_t>(across)),
                     y = 4 + 48 * static_cast<double>(i / static_cast<std::int64_t>(across));
        const std::string symbol = symbol_at(fixed, std::to_string(i + 1));
        svg.rectangle({x, y}, step - 4, 26, symbol.empty() ? "grid faint" : "b-soft",
                      fmt::format("position {}: {}", i + 1, symbol.empty() ? "free" : symbol));
        if (!symbol.empty()) svg.text({x + step / 2 - 2, y + 18}, symbol, "ink", Anchor::middle, 14);
        svg.text({x + step / 2 - 2, y + 39}, std::to_string(i + 1), "muted", Anchor::middle, 10);
    }
    return svg;
}

}  // namespace

void write_restriction(Context& page, const record::Members& fixed, std::int64_t length) {
    if (length > 0 && length <= most_positions)
        page.figure(draw_word(fixed, length), "Boxes with a symbol are fixed, empty ones are free.");
    else page.html.leaf("p", fmt::format("{} positions are not drawn.", length), {{"class", "note"}});
}

}  // namespace attest::report
