#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "curve_chart.hpp"
#include "output_views.hpp"
#include "record/emergence_graph.hpp"
#include "report/emergence_plot.hpp"
#include "value_view.hpp"

namespace attest::report {

namespace {

using record::Emergence;
using record::EmergenceCounts;
using record::EmergenceGraph;

std::string interval_text(const Emergence::Frequency& frequency) {
    const record::Ends& ends = frequency.interval;
    return ends.size() == 2 && ends[0] && ends[1] ? fmt::format("{:.4f} … {:.4f}", *ends[0], *ends[1]) : "";
}

ColumnOf<Emergence::Point> value_column(record::Value Emergence::Point::*member, const std::string& heading) {
    return {heading, [member](const Emergence::Point& p) { return shown_middle(p.*member); }, true, {}};
}

ColumnOf<Emergence::Point> sample_column(Emergence::Frequency Emergence::Sample::*member, const std::string& heading) {
    const auto cell = [member](const Emergence::Point& p) {
        return p.sample ? interval_text((*p.sample).*member) : "";
    };
    return {heading, cell, true, {}};
}

/// A rise with what it is of.
struct NamedRise {
    std::string of;
    Emergence::Rise rise;
    std::string critical;
};

void write_rises(Html& html, const std::string& caption, const std::vector<NamedRise>& rises) {
    const auto part = [](record::Value Emergence::Rise::*member, const char* heading) {
        return ColumnOf<NamedRise>{
            heading, [member](const NamedRise& r) { return shown_middle(r.rise.*member); }, true, {}};
    };
    write_records<NamedRise>(
        html, caption, rises,
        {column(&NamedRise::of, "Of"), part(&Emergence::Rise::tenth, "10 % at recall"),
         part(&Emergence::Rise::half, "50 %"), part(&Emergence::Rise::nine_tenths, "90 %"),
         part(&Emergence::Rise::width, "Width"), column(&NamedRise::critical, "Value at s*, times n^(2/3)")});
}

void write_transition(Html& html, const Emergence::Transition& transition) {
    std::vector<NamedRise> sizes, matches;
    for (const Emergence::Size& size : transition.sizes)
        sizes.push_back({fmt::format("{} vertices", size.nodes), size.rise, shown_middle(size.critical)});
    if (transition.limit) sizes.push_back({"n → ∞", *transition.limit, ""});
    for (const Emergence::Match& match : transition.exact_match)
        matches.push_back({fmt::format("{} steps", match.steps), match.rise, ""});
    write_rises(html, "Where reach-true has a tenth, a half and nine tenths of its greatest value", sizes);
    write_rises(html, "Where an exact match of L steps has them, s^L, which has no transition", matches);
}

/// P(s) by recall, from the sets of edges that connect: a sum of positive terms, which doubles do not spoil.
std::vector<std::pair<double, double>> reliability_curve(const EmergenceGraph::Query& query) {
    constexpr std::size_t most_edges = 400;
    std::vector<std::pair<double, double>> curve;
    std::vector<double> working;
    for (const std::string& sets : query.working_sets) {
        const auto number = number_of(sets);
        if (!number || *number < 0) return curve;
        working.push_back(*number);
    }
    if (working.size() < 2 || working.size() > most_edges) return curve;
    const auto edges = static_cast<double>(working.size() - 1);
    for (int step = 0; step <= 100; ++step) {
        const double s = step / 100.0;
        double sum = 0;
        for (std::size_t k = 0; k < working.size(); ++k) {
            const auto known = static_cast<double>(k);
            sum += working[k] * std::pow(s, known) * std::pow(1 - s, edges - known);
        }
        curve.emplace_back(s, std::clamp(sum, 0.0, 1.0));
    }
    return curve;
}

void write_query(Context& page, const EmergenceGraph::Query& query) {
    page.html.leaf("p",
                   fmt::format("A path from {} to {} is known with probability {} at recall {}; its derivative {} is "
                               "the sum of the influences (Russo).",
                               shown(query.from), shown(query.to), shown(query.probability), shown(query.recall),
                               shown(query.derivative)));
    CurveChart chart{"Probability that the query is answered, by recall", "recall s of every edge", "probability",
                     reliability_curve(query), number_of(query.recall)};
    if (const auto drawing = draw_curve(chart)) page.figure(*drawing, chart.title + ", exactly.");
    using Influence = EmergenceGraph::Query::Influence;
    write_records<Influence>(page.html, "Influence of each edge: how fast the probability grows with its own recall",
                             query.influences,
                             {column(&Influence::edge, "Edge"), column(&Influence::value, "Influence")});
}

void write_known(Html& html, const EmergenceGraph::Known& known) {
    const auto facts = html.element("dl", {{"class", "facts"}});
    write_fact(html, "Model", shown(known.model));
    write_fact(html, "Queries solved", fmt::format("{} of {}", known.solved, known.queries));
    write_fact(html, "Answers",
               fmt::format("{}, of which {} use an edge that is not there", known.answered, known.illegal));
    write_fact(html, "True edges unknown", shown(known.unknown_edges));
    write_fact(html, "False edges believed", shown(known.false_edges));
    write_fact(html, known.is_least ? "Fewest edges that are missing" : "Edges that are missing",
               known.missing.empty() ? "none" : shown(joined(known.missing, ", ")));
}

}  // namespace

bool write_emerge_output(Context& page, const base::Json& document) {
    const auto emergence = record::read<Emergence>(document);
    if (!emergence) return false;
    Html& html = page.html;
    html.leaf(
        "p", fmt::format("{} vertices, mean degree {}, hallucination {}: {}.", emergence->nodes,
                         shown(emergence->degree), shown(emergence->hallucination), shown(emergence_kind(*emergence))));
    {
        const auto list = html.element("ul");
        for (const std::string& sentence : emergence_verdict(*emergence)) html.leaf("li", sentence);
    }
    const EmergencePlot plot = emergence_plot(*emergence);
    if (!plot.points.empty())
        page.figure(draw_emergence(plot),
                    fmt::format("{}. Reach-true: there is a path of true edges that the model knows; emit: it answers; "
                                "legal: its answer has true edges only. Bars are 95 % intervals of samples; s* is the "
                                "threshold.",
                                plot.title));
    write_records<Emergence::Point>(
        html, "Exact values by recall, and intervals of samples", emergence->points,
        {column(&Emergence::Point::recall, "Recall"),
         value_column(&Emergence::Point::reach_true, "Reach-true"),
         value_column(&Emergence::Point::emit, "Emit"),
         value_column(&Emergence::Point::legal, "Legal"),
         {"Mean length", [](const Emergence::Point& p) { return p.length ? shown_middle(*p.length) : ""; }, true, {}},
         value_column(&Emergence::Point::limit, "Reach-true, n → ∞"),
         sample_column(&Emergence::Sample::reach_true, "Reach-true, sampled"),
         sample_column(&Emergence::Sample::emit, "Emit, sampled"),
         sample_column(&Emergence::Sample::legal, "Legal, sampled")});
    if (emergence->transition) write_transition(html, *emergence->transition);
    return true;
}

bool write_emerge_graph_output(Context& page, const base::Json& document) {
    const auto graph = record::read<EmergenceGraph>(document);
    if (!graph) return false;
    if (graph->query) write_query(page, *graph->query);
    if (graph->known) write_known(page.html, *graph->known);
    return true;
}

bool write_emerge_counts_output(Context& page, const base::Json& document) {
    const auto counts = record::read<EmergenceCounts>(document);
    if (!counts) return false;
    page.html.leaf("p",
                   fmt::format("{} rows of “{}”, from {} to {} FLOPs, median {}: counts of what was reported; nothing "
                               "is said about the models.",
                               counts->rows, shown(counts->source), shown_text_number(counts->least),
                               shown_text_number(counts->greatest), shown_text_number(counts->median)));
    using Share = EmergenceCounts::Share;
    write_records<Share>(page.html, "How many rows are where", counts->shares,
                         {column(&Share::where, "Where"), column(&Share::among, "Among"), column(&Share::rows, "Rows"),
                          column(&Share::of, "Of")});
    return true;
}

}  // namespace attest::report
