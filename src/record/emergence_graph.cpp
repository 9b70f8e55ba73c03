#include "record/emergence_graph.hpp"

#include "fields.hpp"

namespace attest::record {

EmergenceGraph emergence_graph(const studies::KnowledgeGraph& graph, double seconds) {
    EmergenceGraph record;
    record.graph = graph.name;
    record.vertices = graph.vertices.size(), record.edges = graph.edges.size();
    record.is_directed = graph.directed;
    record.seconds = seconds;
    return record;
}

EmergenceGraph::Query emergence_query(const studies::KnowledgeGraph& graph, const studies::Reliability& found,
                                      const exact::Rational& recall) {
    EmergenceGraph::Query record;
    record.from = graph.vertices[graph.query->first], record.to = graph.vertices[graph.query->second];
    record.recall = exact::to_string(recall);
    record.probability = exact::to_string(found.probability(recall));
    record.way = found.way == studies::Reliability::Way::diagram ? "diagram" : "enumeration";
    if (found.diagram_nodes > 0) record.diagram_nodes = found.diagram_nodes;
    for (const mpz_class& one : found.polynomial()) record.polynomial.push_back(one.get_str());
    for (const mpz_class& one : found.working) record.working_sets.push_back(one.get_str());
    for (std::size_t e = 0; e < graph.edges.size(); ++e)
        record.influences.push_back({graph.spell(graph.edges[e]), exact::to_string(found.influence(e, recall))});
    record.derivative = exact::to_string(found.derivative(recall));
    return record;
}

EmergenceGraph::Known emergence_known(const studies::KnowledgeGraph& truth, const studies::KnowledgeGraph& model,
                                      const studies::KnownGraph& found) {
    EmergenceGraph::Known record{model.name,          found.queries,     found.solved, found.answered, found.illegal,
                                 found.unknown_edges, found.false_edges, {},           found.is_least};
    for (const studies::KnowledgeGraph::Edge& edge : found.missing) record.missing.push_back(truth.spell(edge));
    return record;
}

EmergenceCounts emergence_counts(const studies::EmergenceTable& table) {
    EmergenceCounts record;
    record.source = table.source, record.rows = table.rows.size();
    record.least = exact::to_string(table.least()), record.median = exact::to_string(table.median());
    record.greatest = exact::to_string(table.greatest());
    for (const studies::EmergenceTable::Share& share : table.shares())
        record.shares.push_back({share.where, share.among, share.rows, share.of});
    return record;
}

template nlohmann::ordered_json write(const EmergenceGraph&);
template std::optional<EmergenceGraph> read(const base::Json&);
template nlohmann::ordered_json write(const EmergenceCounts&);
template std::optional<EmergenceCounts> read(const base::Json&);

}  // namespace attest::record
