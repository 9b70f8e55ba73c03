#include "circuit/graph.hpp"

#include <boost/graph/dag_shortest_paths.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/range/iterator_range.hpp>
#include <catch2/catch.hpp>

#include "circuit/structure.hpp"
#include "random_circuit.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::circuit;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Circuit>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Circuit>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Circuit>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Circuit>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Circuit, Node, boost::vertex_index_t>));

namespace {

/// Longest paths by relaxation with weight −1.
std::vector<int> distances(const Circuit& circuit, Node from) {
    std::vector<int> distance(circuit.node_count());
    const auto weight = boost::make_function_property_map<Wire>([](const Wire&) { return -1; });
    const auto index = get(boost::vertex_index, circuit);
    boost::dag_shortest_paths(
        circuit, from,
        boost::weight_map(weight).distance_map(boost::make_iterator_property_map(distance.begin(), index)));
    return distance;
}

struct BackEdges : boost::default_dfs_visitor {
    std::size_t* count;
    void back_edge(const Wire&, const Circuit&) const { ++*count; }
};

}  // namespace

TEST_CASE("a circuit is a graph whose edges run from gates to fan-ins", "[circuit]") {
    Builder b(1 << 20);
    const Literal x = b.add_input("x");
    const Literal y = b.add_input("y");
    const Literal g = b.conjunction({x, !y});
    const Literal h = b.exclusive_or(g, x);
    const Circuit& c = b.circuit();
    CHECK(num_vertices(c) == 5);
    CHECK(num_edges(c) == 4);
    CHECK(out_degree(x.node(), c) == 0);
    CHECK(out_degree(h.node(), c) == 2);
    std::vector<std::pair<Node, Node>> seen;
    std::vector<bool> complements;
    for (const Wire e : boost::make_iterator_range(edges(c))) {
        seen.emplace_back(source(e, c), target(e, c));
        complements.push_back(complemented(e, c));
    }
    CHECK(seen == std::vector<std::pair<Node, Node>>{{3, 1}, {3, 2}, {4, 1}, {4, 3}});
    CHECK(complements == std::vector<bool>{false, true, false, false});
    const auto [first, last] = adjacent_vertices(g.node(), c);
    CHECK(std::vector<Node>(first, last) == std::vector<Node>{1, 2});
    const auto [out, end] = out_edges(h.node(), c);
    CHECK(end - out == 2);
    CHECK(source(out[1], c) == 4);
    CHECK(target(out[1], c) == 3);
    CHECK(boost::size(boost::make_iterator_range(vertices(c))) == 5);
}

TEST_CASE("a circuit without gates is a graph without edges", "[circuit]") {
    const Circuit c;
    CHECK(num_vertices(c) == 1);
    const auto [first, last] = edges(c);
    CHECK(first == last);
}

TEST_CASE("Boost's algorithms run on a circuit and agree with ours", "[circuit]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 20; ++round) {
        const auto r = tests::random_circuit(random, 6, 150);
        const Circuit& c = r.builder.circuit();
        std::size_t back_edges = 0;
        BackEdges visitor;
        visitor.count = &back_edges;
        boost::depth_first_search(c, boost::visitor(visitor));
        REQUIRE(back_edges == 0);

        std::vector<Node> order;
        boost::topological_sort(c, std::back_inserter(order));
        REQUIRE(order.size() == c.node_count());
        std::vector<std::size_t> place(c.node_count());
        for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
        for (const Wire e : boost::make_iterator_range(edges(c))) {
            REQUIRE(place[target(e, c)] < place[source(e, c)]);
        }

        const Node root = static_cast<Node>(c.node_count() - 1);
        const std::vector<int> distance = distances(c, root);
        const Literal literal(root, false);
        const std::vector<bool> reached = cone_of(c, std::span(&literal, 1));
        int longest = 0;
        for (Node v = 0; v < c.node_count(); ++v) {
            REQUIRE(reached[v] == (distance[v] <= 0));
            if (reached[v]) longest = std::max(longest, -distance[v]);
        }
        REQUIRE(static_cast<int>(levels(c)[root]) == longest);
    }
}
