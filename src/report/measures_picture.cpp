#include <fmt/format.h>

#include <algorithm>

#include "report/measures.hpp"
#include "report/svg.hpp"

namespace attest::report {

namespace {

using exact::Rational;

constexpr double panel_height = 150, panel_left = 56, panel_gap = 64, least_panel_width = 560;

/// A bar from 0 to 1 for each value, its bounds in the tip.
struct Bar {
    double lower, upper;
    std::string tip;
};

double step(std::size_t bars) {
    return std::max(6.0, std::min(28.0, 720.0 / static_cast<double>(std::max<std::size_t>(bars, 1))));
}

void panel(Svg& svg, double top, const std::string& heading, const std::vector<Bar>& bars, std::size_t first,
           const char* role) {
    svg.text({panel_left, top - 10}, heading, "ink", Anchor::start, 13);
    const double width = step(bars.size()) * static_cast<double>(bars.size());
    for (const double part : {0.0, 0.5, 1.0}) {
        const double y = top + panel_height * (1 - part);
        svg.line({panel_left, y}, {panel_left + std::max(width, least_panel_width - panel_left - 24), y}, "grid");
        svg.text({panel_left - 8, y + 4}, part == 0.5 ? "0.5" : part == 0 ? "0" : "1", "muted", Anchor::end, 11);
    }
    for (std::size_t k = 0; k < bars.size(); ++k) {
        const double x = panel_left + step(bars.size()) * static_cast<double>(k), wide = step(bars.size());
        if (bars[k].upper > bars[k].lower)
            svg.rectangle({x + 1, top + panel_height * (1 - bars[k].upper)}, wide - 2,
                          panel_height * (bars[k].upper - bars[k].lower), std::string(role) + "-soft", bars[k].tip);
        svg.rectangle({x + 1, top + panel_height * (1 - bars[k].lower)}, wide - 2, panel_height * bars[k].lower, role,
                      bars[k].tip);
        const std::size_t number = first + k;
        const bool told = bars.size() <= 20 || number % 10 == 0;
        if (told)
            svg.text({x + wide / 2, top + panel_height + 15}, std::to_string(number), "muted", Anchor::middle, 10);
    }
}

}  // namespace

std::string picture_svg(const measure::Measures& m, const std::string& title) {
    std::vector<Bar> influences, weights;
    for (std::size_t i = 0; i < m.influences.size(); ++i)
        influences.push_back({m.influences[i].lower().get_d(), m.influences[i].upper().get_d(),
                              fmt::format("position {}: {}", i + 1, to_text(m.influences[i]))});
    for (std::size_t k = 0; k < m.level_weights.size(); ++k) {
        const double weight = m.level_weights[k].get_d();
        weights.push_back({weight, weight, fmt::format("level {}: {}", k, exact::to_string(m.level_weights[k]))});
    }
    const std::size_t most = std::max(influences.size(), weights.size());
    const double width = std::max(least_panel_width, panel_left + step(most) * static_cast<double>(most) + 24);
    const double second = 84 + panel_height + panel_gap;
    const double bottom = weights.empty() ? second - panel_gap : second + panel_height;
    Svg svg(width, bottom + 56, title, "Influence of each position, and Fourier weight by level");
    svg.text({16, 26}, title, "ink", Anchor::start, 15);
    panel(svg, 84,
          fmt::format("influence by position; average sensitivity {} (PARITY: {})", to_text(m.average_sensitivity),
                      m.variables),
          influences, 1, "a");
    if (!weights.empty())
        panel(svg, second, fmt::format("Fourier weight by level (PARITY: all on level {})", m.variables), weights, 0,
              "b");
    const bool open = std::any_of(influences.begin(), influences.end(), [](const Bar& b) { return b.upper > b.lower; });
    if (open)
        svg.text({panel_left, bottom + 42}, "lighter: between the bounds of what is not known exactly", "muted",
                 Anchor::start, 11);
    return svg.document();
}

}  // namespace attest::report
