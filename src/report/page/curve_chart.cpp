#include "curve_chart.hpp"

#include <fmt/format.h>

namespace attest::report {

namespace {

constexpr double chart_left = 60, chart_top = 34, chart_side = 300;

Point in_chart(double x, double y) { return {chart_left + x * chart_side, chart_top + (1 - y) * chart_side}; }

}  // namespace

std::optional<Svg> draw_curve(const CurveChart& chart) {
    if (chart.curve.size() < 2) return std::nullopt;
    Svg svg(chart_left + chart_side + 24, chart_top + chart_side + 50, chart.title,
            fmt::format("{} over {}, both from 0 to 1.", chart.up, chart.across));
    for (int k = 0; k <= 5; ++k) {
        const double at = k / 5.0;
        svg.line(in_chart(0, at), in_chart(1, at), "grid");
        svg.line(in_chart(at, 0), in_chart(at, 1), "grid");
        svg.text({chart_left - 8, in_chart(0, at).y + 4}, fmt::format("{:.1f}", at), "muted", Anchor::end, 12);
        svg.text({in_chart(at, 0).x, chart_top + chart_side + 18}, fmt::format("{:.1f}", at), "muted", Anchor::middle,
                 12);
    }
    svg.text({chart_left, 20}, chart.up, "muted", Anchor::start, 12);
    svg.text({chart_left + chart_side / 2, chart_top + chart_side + 40}, chart.across, "muted", Anchor::middle, 12);
    std::vector<Point> points;
    for (const auto& [x, y] : chart.curve) points.push_back(in_chart(x, y));
    if (chart.mark && *chart.mark >= 0 && *chart.mark <= 1)
        svg.line(in_chart(*chart.mark, 0), in_chart(*chart.mark, 1), "b");
    svg.polyline(points, "a");
    return svg;
}

}  // namespace attest::report
