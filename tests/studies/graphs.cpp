// Fixed graphs: the two ways of counting against each other and against the definition, and what a model's graph can do.

#include <catch2/catch.hpp>
#include <numeric>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "seed.hpp"
#include "studies/known_graph.hpp"
#include "studies/reliability.hpp"
#include "trials.hpp"

using namespace attest;
using exact::Rational;
using studies::KnowledgeGraph;
using studies::Reliability;

namespace {

KnowledgeGraph graph_of(std::size_t vertices, std::vector<KnowledgeGraph::Edge> edges, bool directed = true) {
    KnowledgeGraph graph{"g", directed, {}, std::move(edges), KnowledgeGraph::Edge{0, vertices - 1}};
    for (std::size_t v = 0; v < vertices; ++v) graph.vertices.push_back("v" + std::to_string(v));
    return graph;
}

/// s, a, b, t
KnowledgeGraph bridge(bool directed) { return graph_of(4, {{0, 1}, {0, 2}, {1, 2}, {1, 3}, {2, 3}}, directed); }

KnowledgeGraph grid(std::size_t rows, std::size_t columns) {
    std::vector<KnowledgeGraph::Edge> edges;
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) {
            if (c + 1 < columns) edges.emplace_back(r * columns + c, r * columns + c + 1);
            if (r + 1 < rows) edges.emplace_back(r * columns + c, (r + 1) * columns + c);
        }
    return graph_of(rows * columns, edges);
}

KnowledgeGraph random_graph(base::Random& random, std::size_t most_edges) {
    const std::size_t vertices = 2 + random.below(5);
    const bool directed = random.chance(1, 2);
    std::vector<KnowledgeGraph::Edge> edges;
    for (std::size_t u = 0; u < vertices; ++u)
        for (std::size_t v = 0; v < vertices; ++v)
            if (u != v && (directed || u < v) && edges.size() < most_edges && random.chance(2, 3))
                edges.emplace_back(u, v);
    return graph_of(vertices, edges, directed);
}

bool connects(const KnowledgeGraph& graph, std::uint64_t set, std::size_t from, std::size_t to) {
    std::vector<bool> seen(graph.vertices.size(), false);
    seen[from] = true;
    for (std::size_t round = 0; round < graph.vertices.size(); ++round)
        for (std::size_t e = 0; e < graph.edges.size(); ++e) {
            const auto [u, v] = graph.edges[e];
            if ((set >> e & 1) == 0) continue;
            if (seen[u]) seen[v] = true;
            if (!graph.directed && seen[v]) seen[u] = true;
        }
    return seen[to];
}

Reliability counted(const KnowledgeGraph& graph, std::optional<Reliability::Way> way = {}) {
    const auto found = studies::reliability(graph, way, {});
    REQUIRE(std::holds_alternative<Reliability>(found));
    return std::get<Reliability>(found);
}

std::vector<mpz_class> numbers(const std::vector<long>& values) { return {values.begin(), values.end()}; }

}  // namespace

TEST_CASE("The bridge and the grid have the polynomials of the books") {
    const Rational half(1, 2);
    const Reliability one_way = counted(bridge(true));
    CHECK(one_way.polynomial() == numbers({0, 0, 2, 1, -3, 1}));
    CHECK(one_way.probability(half) == Rational(15, 32));
    const long sixteenths[] = {7, 5, 1, 5, 7};
    for (std::size_t e = 0; e < 5; ++e) {
        Rational expected(sixteenths[e], 16);
        expected.canonicalize();
        CHECK(one_way.influence(e, half) == expected);
    }
    CHECK(one_way.derivative(half) == Rational(25, 16));
    const Reliability both_ways = counted(bridge(false));
    CHECK(both_ways.polynomial() == numbers({0, 0, 2, 2, -5, 2}));
    CHECK(both_ways.probability(half) == half);
    CHECK(both_ways.derivative(half) == Rational(13, 8));
    const Reliability square = counted(grid(3, 3));
    CHECK(square.polynomial() == numbers({0, 0, 0, 0, 6, 0, -6, -4, 2, 4, 2, -4, 1}));
    CHECK(square.working == numbers({0, 0, 0, 0, 6, 48, 162, 296, 312, 188, 64, 12, 1}));
    CHECK(square.probability(half) == Rational(1089, 4096));
    CHECK(square.derivative(half) == Rational(873, 512));
}

TEST_CASE("Sets of edges are counted alike by enumeration, by a decision diagram and by definition") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        const KnowledgeGraph graph = random_graph(random, 10);
        const std::size_t m = graph.edges.size();
        INFO("case " << k << ": " << graph.vertices.size() << " vertices, " << m << " edges");
        std::vector<mpz_class> working(m + 1, 0);
        std::vector<std::vector<mpz_class>> pivotal(m, std::vector<mpz_class>(m, 0));
        for (std::uint64_t set = 0; set < std::uint64_t{1} << m; ++set) {
            const bool works = connects(graph, set, 0, graph.vertices.size() - 1);
            if (works) ++working[static_cast<std::size_t>(std::popcount(set))];
            for (std::size_t e = 0; e < m; ++e)
                if (works && (set >> e & 1) != 0 &&
                    !connects(graph, set ^ std::uint64_t{1} << e, 0, graph.vertices.size() - 1))
                    ++pivotal[e][static_cast<std::size_t>(std::popcount(set)) - 1];
        }
        for (const Reliability::Way way : {Reliability::Way::enumeration, Reliability::Way::diagram}) {
            const Reliability found = counted(graph, way);
            CHECK(found.working == working);
            CHECK(found.pivotal == pivotal);
            const Rational s(2, 7);
            Rational sum = 0;
            for (std::size_t e = 0; e < m; ++e) sum += found.influence(e, s);
            CHECK(sum == found.derivative(s));
        }
    }
}

TEST_CASE("Beyond 24 edges a decision diagram counts what it counts at 24, and more") {
    KnowledgeGraph graph = grid(4, 4);
    REQUIRE(graph.edges.size() == 24);
    const Reliability by_sets = counted(graph), by_diagram = counted(graph, Reliability::Way::diagram);
    CHECK(by_sets.way == Reliability::Way::enumeration);
    CHECK(by_sets.working == by_diagram.working);
    CHECK(by_sets.pivotal == by_diagram.pivotal);
    // A last edge in series: P(s) of the longer graph is s times that of the shorter one.
    graph.vertices.emplace_back("beyond");
    graph.edges.emplace_back(15, 16);
    graph.query->second = 16;
    const Reliability longer = counted(graph);
    CHECK(longer.way == Reliability::Way::diagram);
    CHECK(longer.probability(Rational(1, 3)) == by_sets.probability(Rational(1, 3)) / 3);
    CHECK(longer.influence(24, Rational(1, 3)) == by_sets.probability(Rational(1, 3)));
    CHECK_THROWS_AS(studies::reliability(graph, Reliability::Way::enumeration, {}), base::Unsupported);
}

TEST_CASE("What a model's graph lacks is the least that there is, by all sets of edges") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for (std::uint64_t k = 0; k < tests::trials(80); ++k) {
        const KnowledgeGraph truth = random_graph(random, 11);
        const std::size_t n = truth.vertices.size(), m = truth.edges.size();
        INFO("case " << k << ": " << n << " vertices, " << m << " edges");
        KnowledgeGraph model = truth;
        model.edges.clear();
        std::uint64_t known = 0;
        for (std::size_t e = 0; e < m; ++e)
            if (random.chance(1, 2)) known |= std::uint64_t{1} << e, model.edges.push_back(truth.edges[e]);
        const auto found = studies::compare(truth, model, "model", {});
        REQUIRE(std::holds_alternative<studies::KnownGraph>(found));
        const auto& lack = std::get<studies::KnownGraph>(found);
        const std::uint64_t all = (std::uint64_t{1} << m) - 1;
        const auto pairs = [&](std::uint64_t set) {
            std::uint64_t count = 0;
            for (std::size_t u = 0; u < n; ++u)
                for (std::size_t v = 0; v < n; ++v) count += u != v && connects(truth, set, u, v) ? 1 : 0;
            return count;
        };
        CHECK(lack.queries == pairs(all));
        CHECK(lack.solved == pairs(known));
        CHECK(lack.answered == lack.solved);
        CHECK(lack.illegal == 0);
        std::size_t least = m;
        for (std::uint64_t set = 0; set <= all; ++set)
            if ((set & known) == known && pairs(set) == lack.queries)
                least = std::min<std::size_t>(least, static_cast<std::size_t>(std::popcount(set ^ known)));
        CHECK(lack.is_least);
        CHECK(lack.missing.size() == least);
    }
}

TEST_CASE("Believed edges that are not true give illegal answers") {
    const KnowledgeGraph truth = graph_of(3, {{0, 1}});
    KnowledgeGraph model = graph_of(3, {{1, 2}, {0, 1}});
    const auto found = std::get<studies::KnownGraph>(studies::compare(truth, model, "model", {}));
    CHECK(found.queries == 1);
    CHECK(found.solved == 1);
    CHECK(found.answered == 3);
    CHECK(found.illegal == 2);
    CHECK(found.false_edges == 1);
    CHECK(found.missing.empty());
    model.vertices[2] = "elsewhere";
    CHECK_THROWS_AS(studies::compare(truth, model, "model", {}), base::InputError);
}
