#include "emerge_graph.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "record/emergence_graph.hpp"
#include "record/stopped.hpp"

namespace attest::cli {

namespace {

using studies::KnowledgeGraph;
using studies::Reliability;

std::string power(std::size_t k) { return k == 0 ? "" : k == 1 ? "s" : fmt::format("s^{}", k); }

std::string polynomial_text(const std::vector<mpz_class>& coefficients) {
    std::string text;
    for (std::size_t k = 0; k < coefficients.size(); ++k) {
        if (coefficients[k] == 0) continue;
        const mpz_class size = abs(coefficients[k]);
        text += text.empty() ? (coefficients[k] < 0 ? "-" : "") : (coefficients[k] < 0 ? " - " : " + ");
        text += (size == 1 && k > 0 ? "" : size.get_str() + (k > 0 ? " " : "")) + power(k);
    }
    return text.empty() ? "0" : text;
}

std::string query_text(const record::EmergenceGraph::Query& q, const Reliability& found) {
    std::string text = fmt::format("  from {} to {}  P(s) = {}  ({})\n", base::named(q.from), base::named(q.to),
                                   polynomial_text(found.polynomial()),
                                   found.way == Reliability::Way::diagram
                                       ? fmt::format("by a decision diagram of {} nodes", found.diagram_nodes)
                                       : "by all sets of edges");
    text += fmt::format("  at s = {}  P = {}, dP/ds = {}, the sum of the influences (Russo)\n", q.recall, q.probability,
                        q.derivative);
    for (const auto& influence : q.influences) text += fmt::format("    {:12} {}\n", influence.edge, influence.value);
    return text;
}

std::string known_text(const record::EmergenceGraph::Known& k) {
    std::string text = fmt::format("  model {}  {} of {} solved, {} illegal among {}; {} unknown, {} false\n",
                                   base::named(k.model), k.solved, base::counted(k.queries, "true connection"),
                                   k.illegal, base::counted(k.answered, "answer"),
                                   base::counted(k.unknown_edges, "true edge"), base::counted(k.false_edges, "edge"));
    if (k.missing.empty()) return text + "  no edge is missing: every query that has an answer is solved\n";
    text += fmt::format("  {} missing for all queries ({}):", base::counted(k.missing.size(), "edge"),
                        k.is_least ? "no fewer do" : "none of them can be left out");
    for (const std::string& edge : k.missing) text += " " + edge;
    return text + "\n";
}

int stop(Session& session, const verdict::Undecided& why) {
    session.print(fmt::format("UNDECIDED {}: {}\n", to_string(why.reason), why.detail));
    session.print_json(record::write(record::stopped("emerge", why)));
    return undecided;
}

std::optional<Reliability::Way> way_of(const std::string& name) {
    if (name == "enumeration") return Reliability::Way::enumeration;
    if (name == "diagram") return Reliability::Way::diagram;
    return std::nullopt;
}

}  // namespace

int emerge_on_graph(Session& session, const std::string& graph_file, const std::string& model_file,
                    const exact::Rational& recall, const std::string& way) {
    const KnowledgeGraph graph = studies::read_graph(graph_file);
    if (!graph.query && model_file.empty())
        throw base::InputError(graph_file, "\"from\" and \"to\", or --model with another graph", "neither");
    record::EmergenceGraph record = record::emergence_graph(graph, 0);
    std::string text;
    if (graph.query) {
        session.progress("counting sets of edges");
        const auto found = reliability(graph, way_of(way), session.limits());
        if (const auto* why = std::get_if<verdict::Undecided>(&found)) return stop(session, *why);
        const auto& counted = std::get<Reliability>(found);
        record.query = record::emergence_query(graph, counted, recall);
        text += query_text(*record.query, counted);
    }
    if (!model_file.empty()) {
        session.progress("comparing the graphs");
        const KnowledgeGraph model = studies::read_graph(model_file);
        const auto found = compare(graph, model, model_file, session.limits());
        if (const auto* why = std::get_if<verdict::Undecided>(&found)) return stop(session, *why);
        record.known = record::emergence_known(graph, model, std::get<studies::KnownGraph>(found));
        text += known_text(*record.known);
    }
    record.seconds = session.seconds();
    session.print(
        fmt::format("GRAPH {}: {}, {}{}, {:.2f} s\n", base::named(graph.name),
                    graph.vertices.size() == 1 ? "1 vertex" : fmt::format("{} vertices", graph.vertices.size()),
                    base::counted(graph.edges.size(), graph.directed ? "directed edge" : "edge"),
                    graph.directed ? "" : " both ways", record.seconds) +
        text);
    session.print_json(record::write(record));
    return success;
}

int count_thresholds(Session& session, const std::string& file) {
    const studies::EmergenceTable table = studies::read_emergence_table(file);
    const record::EmergenceCounts record = record::emergence_counts(table);
    std::string text = fmt::format("THRESHOLDS of {}: {} from {:.3g} to {:.3g} FLOPs, median {:.3g}\n",
                                   base::quoted(table.source), base::counted(table.rows.size(), "row"),
                                   table.least().get_d(), table.greatest().get_d(), table.median().get_d());
    for (const auto& share : record.shares)
        text += fmt::format("  {:14} {} of {} rows{}\n", share.where, share.rows, share.of,
                            share.among == "all" ? "" : " that are " + base::printable(share.among));
    text += "  counts of what was reported; nothing is said about the models\n";
    session.print(text);
    session.print_json(record::write(record));
    return success;
}

}  // namespace attest::cli
