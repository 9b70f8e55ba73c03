#include "bar_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::report {

namespace {

constexpr std::size_t most_bars = 256;
constexpr double bars_left = 74, bars_right = 14, bars_top = 30, bars_height = 150, bars_foot = 46;

/// 1, 2 or 5 times a power of ten, so that about four of them reach the number.
double step_for(double most) {
    const double power = std::pow(10, std::floor(std::log10(most / 4)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (most / (factor * power) <= 5) return factor * power;
    return 10 * power;
}

double greatest(const BarChart& chart) {
    double most = 0;
    for (const BarChart::Bar& bar : chart.bars) most = std::max(most, bar.upper);
    return most > 0 ? most : 1;
}

void draw_scale(Svg& svg, const BarChart& chart, double most, double width) {
    const double step = step_for(most);
    for (int k = 0; k * step <= most * 1.0001; ++k) {
        const double y = bars_top + bars_height * (1 - k * step / most);
        svg.line({bars_left, y}, {bars_left + width, y}, "grid");
        svg.text({bars_left - 8, y + 4}, fmt::format("{:.6g}", k * step), "muted", Anchor::end, 11);
    }
    svg.text({bars_left, 16}, chart.up, "muted", Anchor::start, 12);
    svg.text({bars_left + width / 2, bars_top + bars_height + 38}, chart.across, "muted", Anchor::middle, 12);
}

}  // namespace

std::optional<Svg> draw_bars(const BarChart& chart) {
    if (chart.bars.empty() || chart.bars.size() > most_bars) return {};
    const auto count = static_cast<double>(chart.bars.size());
    const double step = std::clamp(640 / count, 3.0, 56.0), width = std::max(step * count, 240.0),
                 most = greatest(chart);
    // Labels only as dense as they can be read.
    const auto every = static_cast<std::size_t>(std::ceil(26 / step));
    Svg svg(bars_left + width + bars_right, bars_top + bars_height + bars_foot, chart.title, chart.description);
    draw_scale(svg, chart, most, width);
    for (std::size_t k = 0; k < chart.bars.size(); ++k) {
        const BarChart::Bar& bar = chart.bars[k];
        const double x = bars_left + step * static_cast<double>(k), thick = std::max(2.0, step - (step > 12 ? 6 : 1));
        const double low = bars_height * bar.lower / most, high = bars_height * bar.upper / most;
        if (high > low)
            svg.rectangle({x + (step - thick) / 2, bars_top + bars_height - high}, thick, high, chart.role + "-soft",
                          bar.tip);
        if (low > 0)
            svg.rectangle({x + (step - thick) / 2, bars_top + bars_height - low}, thick, low, chart.role, bar.tip);
        if (k % every == 0) svg.text({x + step / 2, bars_top + bars_height + 17}, bar.label, "ink", Anchor::middle, 11);
    }
    return svg;
}

}  // namespace attest::report
