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

}  // namespace

std::string emergence_text(const Emergence& found, const record::Emergence& record) {
    std::string text =
        fmt::format("EMERGENCE with {} vertices, mean degree {}, hallucination {}: {}, {:.2f} s\n", found.model.nodes,
                    exact::to_string(found.model.degree), exact::to_string(found.model.hallucination),
                    report::emergence_kind(record), record.seconds);
    text += curves(found);
    if (found.transition) text += rises(found);
    for (const std::string& sentence : report::emergence_verdict(record)) text += "  " + sentence + "\n";
    return text;
}

}  // namespace attest::cli
