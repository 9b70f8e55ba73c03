#include "report/emergence_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "page/value_view.hpp"
#include "studies/toy_model.hpp"

namespace attest::report {

namespace {

constexpr double graph_left = 64, graph_right = 584, graph_top = 48, graph_bottom = 408, key_left = 604,
                 whole_width = 790;

Point plotted(double recall, double value) {
    return {graph_left + recall * (graph_right - graph_left), graph_bottom - value * (graph_bottom - graph_top)};
}

void draw_frame(Svg& svg) {
    for (int k = 0; k <= 5; ++k) {
        const double at = k / 5.0;
        svg.line(plotted(0, at), plotted(1, at), "grid");
        svg.line(plotted(at, 0), plotted(at, 1), "grid");
        svg.text({graph_left - 8, plotted(0, at).y + 4}, fmt::format("{:.1f}", at), "muted", Anchor::end, 12);
        svg.text({plotted(at, 0).x, graph_bottom + 18}, fmt::format("{:.1f}", at), "muted", Anchor::middle, 12);
    }
    svg.text({(graph_left + graph_right) / 2, graph_bottom + 38},
             "recall s: the part of the true edges that the model knows", "ink", Anchor::middle, 12);
}

void draw_smooth(Svg& svg, const std::vector<std::pair<double, double>>& curve, std::string_view role) {
    std::vector<Point> points;
    for (const auto& [x, y] : curve) points.push_back(plotted(x, y));
    if (points.size() > 1) svg.polyline(points, role);
}

using Points = std::vector<EmergencePlot::Point>;

void draw_exact(Svg& svg, const Points& points, double EmergencePlot::Point::*value, std::string_view role,
                const std::string& what) {
    std::vector<std::pair<double, double>> curve;
    for (const EmergencePlot::Point& p : points) curve.emplace_back(p.recall, p.*value);
    draw_smooth(svg, curve, role);
    for (const auto& [x, y] : curve)
        svg.circle(plotted(x, y), 3, role, fmt::format("{} {:.6f} at recall {:.6g}", what, y, x));
}

void draw_intervals(Svg& svg, const Points& points,
                    std::optional<std::pair<double, double>> EmergencePlot::Point::*ends, double aside,
                    std::string_view role) {
    for (const EmergencePlot::Point& p : points) {
        if (!(p.*ends)) continue;
        Point low = plotted(p.recall, (p.*ends)->first), high = plotted(p.recall, (p.*ends)->second);
        low.x += aside, high.x += aside;
        svg.line(low, high, role);
        for (const Point end : {low, high}) svg.line({end.x - 3, end.y}, {end.x + 3, end.y}, role);
    }
}

void draw_key(Svg& svg, const EmergencePlot& plot) {
    double y = graph_top + 12;
    const auto entry = [&](const std::string& text, std::string_view role) {
        svg.line({key_left, y - 4}, {key_left + 18, y - 4}, role);
        svg.text({key_left + 24, y}, text, role, Anchor::start, 12);
        y += 20;
    };
    entry("reach-true, exact", "a");
    entry("emit, exact", "b");
    entry("legal, exact", "d");
    entry("reach-true, n → ∞", "c");
    entry(fmt::format("exact match s^{}", plot.steps), "muted");
    if (plot.points.front().reach_true_ends)
        svg.text({key_left, y + 4}, "bars: sampled, 95 %", "muted", Anchor::start, 12);
}

bool is_share(double x) { return x >= 0 && x <= 1; }

std::optional<std::pair<double, double>> interval_of(const record::Ends& ends) {
    if (ends.size() != 2 || !ends[0] || !ends[1] || !is_share(*ends[0]) || !is_share(*ends[1])) return std::nullopt;
    return std::pair(*ends[0], *ends[1]);
}

std::optional<EmergencePlot::Point> plotted_point(const record::Emergence::Point& point) {
    const auto recall = number_of(point.recall);
    const auto reach = middle_of(point.reach_true), emit = middle_of(point.emit), legal = middle_of(point.legal);
    for (const auto& value : {recall, reach, emit, legal})
        if (!value || !(*value > -1e-6 && *value < 1 + 1e-6)) return std::nullopt;  // ends of a ball may be beyond
    EmergencePlot::Point at{*recall, *reach, *emit, *legal, {}, {}};
    if (point.sample) {
        at.reach_true_ends = interval_of(point.sample->reach_true.interval);
        at.legal_ends = interval_of(point.sample->legal.interval);
    }
    return at;
}

/// ρ(c s)² by recall s.
std::vector<std::pair<double, double>> limit_of(std::optional<double> degree) {
    constexpr int steps = 160;
    constexpr double most_degree = 4096;
    std::vector<std::pair<double, double>> limit;
    if (!degree || !(*degree >= 0 && *degree <= most_degree)) return limit;
    for (int k = 0; k <= steps; ++k) {
        const double s = static_cast<double>(k) / steps;
        const exact::Ball rho = studies::giant(exact::Rational(*degree * s), 24);
        limit.emplace_back(s, (rho * rho).middle());
    }
    return limit;
}

}  // namespace

Svg draw_emergence(const EmergencePlot& plot) {
    Svg svg(whole_width, graph_bottom + 56, plot.title,
            "Probability that one vertex reaches another along known true edges, that the model answers, and that its "
            "answer is "
            "legal, against recall; with the limit for many vertices and an exact match of several steps.");
    svg.text({graph_left, 26}, plot.title, "ink", Anchor::start, 15);
    draw_frame(svg);
    if (plot.threshold) {
        svg.line(plotted(*plot.threshold, 0), plotted(*plot.threshold, 1), "muted");
        svg.text({plotted(*plot.threshold, 0).x + 4, graph_top + 12}, "s*", "muted", Anchor::start, 12);
    }
    std::vector<std::pair<double, double>> match;
    for (int k = 0; k <= 100; ++k) match.emplace_back(k / 100.0, std::pow(k / 100.0, static_cast<double>(plot.steps)));
    draw_smooth(svg, match, "muted");
    draw_smooth(svg, plot.limit, "c");
    if (plot.points.empty()) return svg;
    draw_exact(svg, plot.points, &EmergencePlot::Point::emit, "b", "emit");
    draw_exact(svg, plot.points, &EmergencePlot::Point::reach_true, "a", "reach-true");
    draw_exact(svg, plot.points, &EmergencePlot::Point::legal, "d", "legal");
    draw_intervals(svg, plot.points, &EmergencePlot::Point::reach_true_ends, -4, "a");
    draw_intervals(svg, plot.points, &EmergencePlot::Point::legal_ends, 4, "d");
    draw_key(svg, plot);
    return svg;
}

EmergencePlot emergence_plot(const record::Emergence& emergence) {
    EmergencePlot plot;
    plot.title = fmt::format("Emergence: {} vertices, mean degree {}, hallucination {}", emergence.nodes,
                             emergence.degree, emergence.hallucination);
    for (const record::Emergence::Point& point : emergence.points)
        if (const auto at = plotted_point(point)) plot.points.push_back(*at);
    std::ranges::stable_sort(plot.points, {}, &EmergencePlot::Point::recall);
    plot.limit = limit_of(number_of(emergence.degree));
    plot.steps = 64;
    if (!emergence.transition) return plot;
    const auto threshold = number_of(emergence.transition->threshold);
    if (threshold && is_share(*threshold)) plot.threshold = *threshold;
    if (!emergence.transition->exact_match.empty()) plot.steps = emergence.transition->exact_match.back().steps;
    return plot;
}

std::string emergence_kind(const record::Emergence& emergence) {
    if (!emergence.is_whole) return "not finished";
    if (!emergence.transition) return "no edges, no transition";
    const record::Emergence::Transition& t = *emergence.transition;
    if (!t.limit) return fmt::format("no transition, since s* = 1/c = {} is not below 1", t.threshold);
    return fmt::format("a continuous transition at recall s* = {}", t.threshold);
}

std::vector<std::string> emergence_verdict(const record::Emergence& emergence) {
    std::vector<std::string> sentences;
    if (!emergence.transition) return sentences;
    const record::Emergence::Transition& t = *emergence.transition;
    const std::optional<double> width = t.limit ? middle_of(t.limit->width) : std::nullopt;
    if (width)
        sentences.push_back(fmt::format(
            "continuous, not abrupt: for n -> infinity reach-true is 0 up to s* and rho(c s)^2 beyond, without a "
            "jump; its width goes to {:.4f}, not to 0; at s* it falls as n^(-2/3)",
            *width));
    sentences.emplace_back(
        "an exact match gets the steeper the more steps it has, and has no transition: steepness alone shows none");
    if (number_of(emergence.hallucination).value_or(0) > 0)
        sentences.push_back(fmt::format(
            "with hallucination answers emerge earlier, at recall {}, and legal ones among them fall as a power "
            "of n, without a threshold",
            t.emit_threshold));
    return sentences;
}

}  // namespace attest::report
