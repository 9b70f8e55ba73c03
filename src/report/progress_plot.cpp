#include "report/progress_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace attest::report {

namespace {

constexpr double run_left = 70, run_right = 650, run_key = 664, run_width = 880;
constexpr double loss_top = 64, loss_bottom = 344, share_top = 384, share_bottom = 544;

/// Places in one of the two fields.
class Field {
  public:
    Field(const ProgressPlot& plot, double top, double bottom, double low, double high)
        : first_(plot.at.front()), last_(plot.at.back()), top_(top), bottom_(bottom), low_(low), high_(high) {}

    Point at(double x, double y) const {
        return {run_left + (x - first_) / (last_ - first_) * (run_right - run_left),
                bottom_ - (y - low_) / (high_ - low_) * (bottom_ - top_)};
    }
    double low() const { return low_; }
    double high() const { return high_; }

  private:
    double first_, last_, top_, bottom_, low_, high_;
};

Field loss_field(const ProgressPlot& plot) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (const ProgressPlot::Curve& curve : plot.losses)
        for (const double value : curve.values)
            if (value > 0) low = std::min(low, std::log10(value)), high = std::max(high, std::log10(value));
    if (low > high) low = high = 0;
    return {plot, loss_top, loss_bottom, std::floor(low), std::ceil(high + 0.01)};
}

void draw_phases(Svg& svg, const ProgressPlot& plot, const Field& field) {
    static constexpr std::array<const char*, 4> soft = {"a-soft", "c-soft", "b-soft", "d-soft"};
    std::size_t number = 0;
    for (const auto& [name, span] : plot.phases) {
        const double from = field.at(span.first, 0).x, to = field.at(span.second, 0).x;
        svg.rectangle({from, loss_top}, to - from, share_bottom - loss_top, soft[number++ % soft.size()], name);
        svg.text({(from + to) / 2, loss_top - 8}, name, "muted", Anchor::middle, 11);
    }
}

void draw_curves(Svg& svg, const ProgressPlot& plot, const std::vector<ProgressPlot::Curve>& curves, const Field& field,
                 bool logarithmic, double key_top) {
    double y = key_top + 12;
    for (const ProgressPlot::Curve& curve : curves) {
        std::vector<Point> points;
        for (std::size_t k = 0; k < curve.values.size(); ++k) {
            if (logarithmic && !(curve.values[k] > 0)) continue;
            points.push_back(field.at(plot.at[k], logarithmic ? std::log10(curve.values[k]) : curve.values[k]));
            svg.circle(points.back(), 2.4, curve.role,
                       fmt::format("{} {:.6g} at {:.0f}", curve.name, curve.values[k], plot.at[k]));
        }
        if (points.size() > 1) svg.polyline(points, curve.role);
        svg.line({run_key, y - 4}, {run_key + 16, y - 4}, curve.role);
        svg.text({run_key + 22, y}, curve.name, curve.role, Anchor::start, 12);
        y += 19;
    }
}

void draw_axes(Svg& svg, const ProgressPlot& plot, const Field& losses, const Field& shares) {
    for (double e = losses.low(); e <= losses.high(); e += 1) {
        svg.line(losses.at(plot.at.front(), e), losses.at(plot.at.back(), e), "grid");
        svg.text({run_left - 8, losses.at(plot.at.front(), e).y + 4}, fmt::format("1e{:.0f}", e), "muted", Anchor::end,
                 12);
    }
    for (int k = 0; k <= 4; ++k) {
        svg.line(shares.at(plot.at.front(), k / 4.0), shares.at(plot.at.back(), k / 4.0), "grid");
        svg.text({run_left - 8, shares.at(plot.at.front(), k / 4.0).y + 4}, fmt::format("{:.2f}", k / 4.0), "muted",
                 Anchor::end, 12);
    }
    for (int k = 0; k <= 5; ++k) {
        const double x = plot.at.front() + (plot.at.back() - plot.at.front()) * k / 5;
        svg.text({shares.at(x, 0).x, share_bottom + 18}, fmt::format("{:.0f}", x), "muted", Anchor::middle, 12);
    }
    svg.text({(run_left + run_right) / 2, share_bottom + 38}, plot.across, "ink", Anchor::middle, 12);
    svg.text({run_key, loss_top - 8}, "cross-entropy (nats)", "muted", Anchor::start, 12);
    svg.text({run_key, share_top - 8}, "from 0 to 1", "muted", Anchor::start, 12);
}

using Checkpoint = record::Progress::Checkpoint;

bool numbered_by_epoch(const std::vector<Checkpoint>& checkpoints) {
    for (std::size_t k = 0; k < checkpoints.size(); ++k)
        if (!checkpoints[k].epoch || (k > 0 && *checkpoints[k].epoch <= *checkpoints[k - 1].epoch)) return false;
    return true;
}

/// A phase names a checkpoint by its epoch, or by its file where it has none.
std::optional<double> place_of_label(const ProgressPlot& plot, const std::vector<Checkpoint>& checkpoints,
                                     const std::string& label) {
    for (std::size_t k = 0; k < checkpoints.size(); ++k)
        if (label == (checkpoints[k].epoch ? std::to_string(*checkpoints[k].epoch) : checkpoints[k].file))
            return plot.at[k];
    return std::nullopt;
}

}  // namespace

Svg draw_progress(const ProgressPlot& plot) {
    Svg svg(run_width, share_bottom + 56, plot.title,
            "Losses of a training run on a logarithmic axis, and Gini coefficients and accuracy, by checkpoint, with "
            "the phases of "
            "training shaded.");
    svg.text({run_left, 26}, plot.title, "ink", Anchor::start, 15);
    const Field losses = loss_field(plot), shares(plot, share_top, share_bottom, 0, 1);
    draw_phases(svg, plot, losses);
    draw_axes(svg, plot, losses, shares);
    draw_curves(svg, plot, plot.losses, losses, true, loss_top);
    draw_curves(svg, plot, plot.shares, shares, false, share_top);
    return svg;
}

std::optional<ProgressPlot> progress_plot(const record::Progress& progress) {
    const std::vector<Checkpoint>& checkpoints = progress.checkpoints;
    if (checkpoints.size() < 2) return std::nullopt;
    ProgressPlot plot;
    plot.title = fmt::format("Training on {}: progress measures", progress.task);
    const bool epochs = numbered_by_epoch(checkpoints);
    plot.across = epochs ? "epoch" : "checkpoint";
    for (std::size_t k = 0; k < checkpoints.size(); ++k)
        plot.at.push_back(static_cast<double>(epochs ? *checkpoints[k].epoch : k + 1));
    const auto curve = [&](const char* name, const char* role, auto value) {
        ProgressPlot::Curve made{name, role, {}};
        for (const Checkpoint& c : checkpoints) made.values.push_back(value(c));
        return made;
    };
    const auto share = [&](const char* name, const char* role, auto value) {
        ProgressPlot::Curve made = curve(name, role, value);
        for (double& x : made.values) x = std::clamp(x, 0.0, 1.0);
        return made;
    };
    const auto tests = static_cast<double>(std::max<std::uint64_t>(progress.test_pairs, 1));
    plot.losses = {curve("train loss", "a", [](const Checkpoint& c) { return c.train_loss; }),
                   curve("test loss", "b", [](const Checkpoint& c) { return c.test_loss; }),
                   curve("restricted loss, test", "c", [](const Checkpoint& c) { return c.restricted_test_loss; }),
                   curve("excluded loss, train", "d", [](const Checkpoint& c) { return c.excluded_loss; })};
    plot.shares = {
        share("test accuracy", "b", [&](const Checkpoint& c) { return static_cast<double>(c.test_right) / tests; }),
        share("Gini of W_E", "e", [](const Checkpoint& c) { return c.gini_embedding; }),
        share("Gini of W_L", "f", [](const Checkpoint& c) { return c.gini_neurons; }),
        share("share of key frequencies", "c", [](const Checkpoint& c) { return c.key_share; })};
    for (const record::Progress::Phase& phase : progress.phases) {
        const auto from = place_of_label(plot, checkpoints, phase.from),
                   to = place_of_label(plot, checkpoints, phase.to);
        if (from && to && *from <= *to) plot.phases.push_back({phase.name, {*from, *to}});
    }
    return plot;
}

}  // namespace attest::report
