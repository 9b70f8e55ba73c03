#include "circuit/structure.hpp"

#include <algorithm>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/range/iterator_range.hpp>

#include "circuit/gates.hpp"
#include "circuit/graph.hpp"

namespace attest::circuit {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Circuit>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Circuit>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Circuit>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Circuit>));

namespace {

/// The two states that reachability needs, as Boost's colours: one bit a node instead of a word.
struct Marks {
    using key_type = Node;
    using value_type = boost::default_color_type;
    using reference = value_type;
    using category = boost::read_write_property_map_tag;
    std::vector<bool>* seen;

    friend value_type get(const Marks& marks, Node v) {
        return (*marks.seen)[v] ? boost::black_color : boost::white_color;
    }
    friend void put(const Marks& marks, Node v, value_type colour) {
        if (colour != boost::white_color) (*marks.seen)[v] = true;
    }
};

}  // namespace

// Node order is a topological order already: one pass is the DAG's longest path.
std::vector<std::uint32_t> levels(const Circuit& circuit) {
    std::vector<std::uint32_t> level(circuit.node_count(), 0);
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        for (const Node u : boost::make_iterator_range(adjacent_vertices(v, circuit))) {
            level[v] = std::max(level[v], level[u] + 1);
        }
    }
    return level;
}

namespace {

std::uint32_t depth_from(const Circuit& circuit, const std::vector<std::uint32_t>& level) {
    std::uint32_t most = 0;
    if (circuit.outputs().empty() && circuit.constraints().empty()) return *std::ranges::max_element(level);
    for (const Port& port : circuit.outputs()) most = std::max(most, level[port.literal.node()]);
    for (const Port& port : circuit.constraints()) most = std::max(most, level[port.literal.node()]);
    return most;
}

}  // namespace

std::uint32_t depth(const Circuit& circuit) { return depth_from(circuit, levels(circuit)); }

std::vector<bool> cone_of(const Circuit& circuit, std::span<const Literal> roots) {
    std::vector<bool> seen(circuit.node_count(), false);
    for (const Literal root : roots) {
        if (!seen[root.node()]) {
            boost::depth_first_visit(circuit, root.node(), boost::default_dfs_visitor(), Marks{&seen});
        }
    }
    return seen;
}

std::vector<std::uint32_t> fan_out_counts(const Circuit& circuit) {
    std::vector<std::uint32_t> count(circuit.node_count(), 0);
    for (const Wire wire : boost::make_iterator_range(edges(circuit))) ++count[target(wire, circuit)];
    for (const Port& port : circuit.outputs()) ++count[port.literal.node()];
    for (const Port& port : circuit.constraints()) ++count[port.literal.node()];
    return count;
}

Statistics statistics(const Circuit& circuit) {
    Statistics s;
    s.inputs = circuit.input_count();
    s.wires = circuit.wire_count();
    s.outputs = circuit.outputs().size();
    s.constraints = circuit.constraints().size();
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        visit_gate(
            circuit, v, [&](Conjunction) { ++s.conjunctions; }, [&](ExclusiveOr) { ++s.exclusive_ors; });
        s.greatest_fan_in = std::max(s.greatest_fan_in, circuit.fan_ins(v).size());
    }
    s.depth = depth(circuit);
    s.greatest_fan_out = std::ranges::max(fan_out_counts(circuit));
    return s;
}

}  // namespace attest::circuit
