#include "report/decay_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::report {

namespace {

constexpr double plot_left = 76, plot_right = 700, plot_top = 48, plot_bottom = 360, plot_legend = 712,
                 plot_width = 860;
constexpr double profile_row = 18, profile_top = 430;
constexpr std::size_t stretches = 32;

bool reads(const DecayPlot& plot) {
    return std::ranges::any_of(plot.lengths, [](const DecayPlot::Length& l) { return l.certified_read().has_value(); });
}

/// Logarithms to the base 10 on both axes.
class Axes {
  public:
    explicit Axes(const DecayPlot& plot) {
        for (const DecayPlot::Length& l : plot.lengths) {
            x_low_ = std::min(x_low_, std::log10(l.n)), x_high_ = std::max(x_high_, std::log10(l.n));
            for (const double y : {l.reached, l.certified, l.certified_read().value_or(0)})
                if (y > 0 && std::isfinite(y))
                    y_low_ = std::min(y_low_, std::log10(y)), y_high_ = std::max(y_high_, std::log10(y));
        }
        // A theory that is at most three powers of ten above is drawn, else only told.
        for (const DecayPlot::Length& l : plot.lengths)
            if (l.theory_log10 && *l.theory_log10 < y_high_ + 3)
                theory_shown_ = std::max(theory_shown_, *l.theory_log10);
        if (y_low_ > y_high_) y_low_ = y_high_ = 0;
        y_high_ = std::max(y_high_, theory_shown_);
        widen(x_low_, x_high_, 0.15);
        widen(y_low_, y_high_, 0.3);
    }

    Point at(double log_x, double log_y) const {
        return {plot_left + (log_x - x_low_) / (x_high_ - x_low_) * (plot_right - plot_left),
                plot_bottom - (log_y - y_low_) / (y_high_ - y_low_) * (plot_bottom - plot_top)};
    }
    double x_low() const { return x_low_; }
    double x_high() const { return x_high_; }
    double y_low() const { return y_low_; }
    double y_high() const { return y_high_; }

  private:
    static void widen(double& low, double& high, double least) {
        const double by = std::max(least, (high - low) * 0.06);
        low -= by, high += by;
    }

    double x_low_ = 1e9, x_high_ = -1e9, y_low_ = 1e9, y_high_ = -1e9, theory_shown_ = -1e9;
};

void draw_grid(Svg& svg, const Axes& axes, const std::string& across) {
    const auto step = [](double low, double high) { return std::max(1.0, std::ceil((high - low) / 8)); };
    for (double e = std::ceil(axes.y_low()); e <= axes.y_high(); e += step(axes.y_low(), axes.y_high())) {
        svg.line(axes.at(axes.x_low(), e), axes.at(axes.x_high(), e), "grid");
        svg.text({plot_left - 8, axes.at(0, e).y + 4}, fmt::format("1e{:.0f}", e), "muted", Anchor::end, 12);
    }
    for (double e = std::ceil(axes.x_low()); e <= axes.x_high(); e += 1) {
        svg.line(axes.at(e, axes.y_low()), axes.at(e, axes.y_high()), "grid");
        svg.text({axes.at(e, 0).x, plot_bottom + 18}, fmt::format("{:.0f}", std::pow(10, e)), "muted", Anchor::middle,
                 12);
    }
    svg.text({(plot_left + plot_right) / 2, plot_bottom + 36}, across, "ink", Anchor::middle, 12);
}

/// Lines of slope 0, −1 and −2 through the first point.
void draw_slopes(Svg& svg, const Axes& axes, const DecayPlot::Length& first) {
    if (!(first.reached > 0)) return;
    const double x0 = std::log10(first.n), y0 = std::log10(first.reached);
    for (const int slope : {0, -1, -2}) {
        double x1 = axes.x_high();
        if (slope < 0) x1 = std::min(x1, x0 + (axes.y_low() - y0) / slope);
        if (x1 <= x0) continue;
        svg.line(axes.at(x0, y0), axes.at(x1, y0 + slope * (x1 - x0)), "muted");
        svg.text({axes.at(x1, 0).x - 4, axes.at(0, y0 + slope * (x1 - x0)).y - 5},
                 slope == 0    ? "constant"
                 : slope == -1 ? "1/n"
                               : "1/n²",
                 "muted", Anchor::end, 11);
    }
}

void draw_points(Svg& svg, const Axes& axes, const std::vector<std::pair<double, double>>& logs,
                 const std::string& role, const std::string& what) {
    std::vector<Point> points;
    for (const auto& [x, y] : logs) points.push_back(axes.at(x, y));
    if (points.size() > 1) svg.polyline(points, role);
    for (std::size_t k = 0; k < points.size(); ++k)
        svg.circle(
            points[k], 3.2, role,
            fmt::format("{} {:.6g} at n = {:.0f}", what, std::pow(10, logs[k].second), std::pow(10, logs[k].first)));
}

/// Certified at the positions from `from` to before `to`; at all but the one that is read.
double most_of(const DecayPlot::Length& l, std::size_t from, std::size_t to) {
    double most = 0;
    for (std::size_t p = from; p < to; ++p)
        if (static_cast<std::int64_t>(p) + 1 != l.read) most = std::max(most, l.by_position[p]);
    return most;
}

/// The square of positions from + 1 to `to`, or of the one that is read.
void draw_square(Svg& svg, Point middle, double share, const std::string& role, const std::string& title) {
    const double side = std::sqrt(std::min(1.0, share)) * (profile_row - 4);
    if (side > 0.5) svg.rectangle({middle.x - side / 2, middle.y - side / 2}, side, side, role, title);
}

void draw_profile(Svg& svg, const DecayPlot& plot) {
    const char* of = reads(plot) ? "; far right: the position that is read" : "";
    svg.text({plot_left, profile_top - 14},
             fmt::format("certified by position of the word (size of a square: share of the row's greatest{})", of),
             "ink", Anchor::start, 12);
    double y = profile_top;
    for (const DecayPlot::Length& l : plot.lengths) {
        svg.text({plot_left - 8, y + profile_row - 5}, fmt::format("{}", l.length), "muted", Anchor::end, 12);
        const double most = most_of(l, 0, l.by_position.size());
        const std::size_t count = std::min(stretches, l.by_position.size());
        const double cell = (plot_right - plot_left) / static_cast<double>(stretches);
        for (std::size_t k = 0; most > 0 && k < count; ++k) {
            const std::size_t from = k * l.by_position.size() / count, to = (k + 1) * l.by_position.size() / count;
            const double value = most_of(l, from, to);
            const Point middle{plot_left + (static_cast<double>(k) + 0.5) * cell, y + profile_row / 2};
            draw_square(svg, middle, value / most, "a",
                        from + 1 == to ? fmt::format("position {}: {:.4g}", to, value)
                                       : fmt::format("positions {} to {}: {:.4g}", from + 1, to, value));
        }
        if (const auto read = l.certified_read())
            draw_square(svg, {plot_right + profile_row, y + profile_row / 2}, 1, "d",
                        fmt::format("position {}, which is read: {:.4g}", *l.read, *read));
        y += profile_row;
    }
}

}  // namespace

std::optional<double> DecayPlot::Length::certified_read() const {
    if (!read || *read < 1 || *read > static_cast<std::int64_t>(by_position.size())) return std::nullopt;
    return by_position[static_cast<std::size_t>(*read - 1)];
}

Svg draw_decay(const DecayPlot& plot) {
    const double height = profile_top + profile_row * static_cast<double>(plot.lengths.size()) + 16;
    Svg svg(plot_width, height, plot.title,
            "Influence of one symbol on the output by length: reached, certified and by theory, on logarithmic axes; "
            "below, by position.");
    svg.text({plot_left, 26}, plot.title, "ink", Anchor::start, 15);
    const Axes axes(plot);
    draw_grid(svg, axes, plot.across);
    draw_slopes(svg, axes, plot.lengths.front());
    std::vector<std::pair<double, double>> reached, certified, theory, read;
    for (const DecayPlot::Length& l : plot.lengths) {
        const double x = std::log10(l.n);
        if (l.reached > 0) reached.emplace_back(x, std::log10(l.reached));
        if (l.certified > 0 && std::isfinite(l.certified)) certified.emplace_back(x, std::log10(l.certified));
        if (const auto c = l.certified_read(); c && *c > 0 && std::isfinite(*c)) read.emplace_back(x, std::log10(*c));
        if (l.theory_log10 && *l.theory_log10 <= axes.y_high()) theory.emplace_back(x, *l.theory_log10);
    }
    draw_points(svg, axes, certified, "b", "certified");
    draw_points(svg, axes, reached, "a", "reached");
    draw_points(svg, axes, theory, "c", "Lemma 5");
    draw_points(svg, axes, read, "d", "the symbol that is read, certified");
    svg.text({plot_legend, plot_top + 12}, "reached (at least)", "a");
    svg.text({plot_legend, plot_top + 32}, "certified (at most)", "b");
    if (plot.exponent)
        svg.text({plot_legend, plot_top + 52}, fmt::format("reached ~ n^{:.3f}", *plot.exponent), "ink", Anchor::start,
                 12);
    if (!theory.empty()) svg.text({plot_legend, plot_top + 72}, "Lemma 5", "c");
    else if (plot.lengths.back().theory_log10)
        svg.text({plot_legend, plot_top + 72}, fmt::format("Lemma 5: 1e{:.0f}", *plot.lengths.back().theory_log10),
                 "muted", Anchor::start, 12);
    if (!read.empty()) {
        svg.text({plot_legend, plot_top + 102}, "the symbol that is", "d");
        svg.text({plot_legend, plot_top + 118}, "read (at most);", "d");
        svg.text({plot_legend, plot_top + 134}, "else: any other", "muted", Anchor::start, 12);
    }
    draw_profile(svg, plot);
    return svg;
}

std::string decay_svg(const DecayPlot& plot) { return draw_decay(plot).document(); }

}  // namespace attest::report
