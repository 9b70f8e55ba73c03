#include "emerge_output.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/emergence_plot.hpp"

namespace attest::cli {

namespace {

using exact::Ball;
using studies::Emergence;

std::string number(const Ball& x) { return x.is_finite() ? fmt::format("{:.6f}", x.middle()) : "-"; }

std::string interval(const studies::Frequency& f) {
    return fmt::format("[{:.4f}, {:.4f}]", f.interval.lower.get_d(), f.interval.upper.get_d());
}

std::string row(const Emergence::Point& point) {
    const studies::ToyPoint& x = point.exact;
    std::string sampled;
    if (point.sample)
        sampled = fmt::format("  {:16} {:16} {:16}", interval(point.sample->reach_true), interval(point.sample->emit),
                              interval(point.sample->legal));
    return fmt::format("  {:>8}  {:>10}  {:>9}  {:>9}  {:>9}  {:>9}{}\n", exact::to_string(x.recall),
                       number(x.reach_true), number(x.emit), number(x.legal), number(x.length), number(x.limit),
                       sampled);
}

std::string curves(const Emergence& found) {
    const std::string sampled =
        found.trials == 0 ? "" : fmt::format("  sampled, {} pairs of graphs a row, seed {}", found.trials, found.seed);
    std::string text = fmt::format("  {:>8}  {:>10}  {:>9}  {:>9}  {:>9}  {:>9}{}\n", "recall", "reach-true", "emit",
                                   "legal", "length", "limit", sampled);
    for (const Emergence::Point& point : found.points) text += row(point);
    if (const Emergence::Agreement a = found.agreement(); a.intervals > 0)
        text += fmt::format("    of the {} intervals, each right with probability 95 %, {} hold the exact value\n",
                            a.intervals, a.hits);
    return text;
}

std::string rise_row(const std::string& what, const studies::Rise& rise, const std::string& more = "") {
    return fmt::format("    {:>10}  {:>7.4f}  {:>7.4f}  {:>7.4f}  {:>7.4f}{}\n", what, rise.at[0].middle(),
                       rise.at[1].middle(), rise.at[2].middle(), rise.width().middle(), more);
}

/// Where the curve rises by number of vertices, and how an exact match does by number of steps.
std::string rises(const Emergence& found) {
    const studies::Transition& t = *found.transition;
    std::string text = fmt::format(
        "  reach-true has a tenth, a half and nine tenths of its greatest value at recall\n"
        "    {:>10}  {:>7}  {:>7}  {:>7}  {:>7}  {}\n",
        "nodes", "10 %", "50 %", "90 %", "width", "value at s*, times n^(2/3)");
    for (const studies::FiniteSize& size : t.sizes)
        text += rise_row(std::to_string(size.nodes), size.rise, fmt::format("  {:.4f}", size.critical.middle()));
    if (t.limit) text += rise_row("limit", *t.limit);
    text += "  an exact match of L steps, s^L, has them at\n";
    for (const std::size_t steps : found.match_steps())
        text += rise_row(fmt::format("L = {}", steps), studies::exact_match(steps));
    return text;
}

std::string kind(const Emergence& found) {
    if (!found.is_whole) return "not finished";
    if (!found.transition) return "no edges, no transition";
    const studies::Transition& t = *found.transition;
    if (!t.limit)
        return fmt::format("no transition, since s* = 1/c = {} is not below 1", exact::to_string(t.threshold));
    return fmt::format("a continuous transition at recall s* = {}", exact::to_string(t.threshold));
}

std::string verdict(const Emergence& found) {
    const studies::Transition& t = *found.transition;
    std::string text;
    if (t.limit)
        text += fmt::format(
            "  continuous, not abrupt: for n -> infinity reach-true is 0 up to s* and rho(c s)^2 beyond, without a "
            "jump; its width goes to {:.4f}, not to 0; at s* it falls as n^(-2/3)\n",
            t.limit->width().middle());
    text +=
        "  an exact match gets the steeper the more steps it has, and has no transition: steepness alone shows none\n";
    if (found.model.hallucination > 0)
        text += fmt::format(
            "  with hallucination answers emerge earlier, at recall {}, and legal ones among them fall as a power "
            "of n, without a threshold\n",
            exact::to_string(t.emit_threshold));
    return text;
}

}  // namespace

std::string emergence_text(const Emergence& found, double seconds) {
    std::string text = fmt::format("EMERGENCE with {} vertices, mean degree {}, hallucination {}: {}, {:.2f} s\n",
                                   found.model.nodes, exact::to_string(found.model.degree),
                                   exact::to_string(found.model.hallucination), kind(found), seconds);
    text += curves(found);
    if (found.transition) text += rises(found) + verdict(found);
    return text;
}

std::string emergence_picture(const Emergence& found) {
    report::EmergencePlot plot;
    plot.title = fmt::format("Emergence: {} vertices, mean degree {}, hallucination {}", found.model.nodes,
                             exact::to_string(found.model.degree), exact::to_string(found.model.hallucination));
    for (const Emergence::Point& p : found.points) {
        report::EmergencePlot::Point at{
            p.exact.recall.get_d(), p.exact.reach_true.middle(), p.exact.emit.middle(), p.exact.legal.middle(), {}, {}};
        if (p.sample) {
            const auto ends = [](const studies::Frequency& f) {
                return std::pair(f.interval.lower.get_d(), f.interval.upper.get_d());
            };
            at.reach_true_ends = ends(p.sample->reach_true), at.legal_ends = ends(p.sample->legal);
        }
        plot.points.push_back(at);
    }
    constexpr long steps = 160;
    for (long k = 0; k <= steps; ++k) {
        const exact::Rational s(k, steps);
        const Ball rho = studies::giant(exact::Rational(found.model.degree * s), 24);
        plot.limit.emplace_back(s.get_d(), (rho * rho).middle());
    }
    if (found.transition && found.transition->threshold <= 1) plot.threshold = found.transition->threshold.get_d();
    plot.steps = found.match_steps().back();
    return report::emergence_svg(plot);
}

}  // namespace attest::cli
