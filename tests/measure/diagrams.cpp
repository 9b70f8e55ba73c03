#include <catch2/catch.hpp>
#include <set>
#include <thread>
#include <tuple>

#include "../circuit/random_circuit.hpp"
#include "attest/measure/function/sensitivity.hpp"
#include "attest/measure/function/transform.hpp"
#include "functions.hpp"
#include "measure/function/diagram.hpp"
#include "measure/function/diagram_counts.hpp"
#include "measure/function/diagram_sensitivity.hpp"
#include "seed.hpp"

// What is read off decision diagrams, against truth tables of the same circuits.

using namespace attest;
using namespace attest::tests;

namespace {

constexpr std::size_t plenty = 1 << 22;

std::vector<bool> bits_of(Input x, unsigned n) {
    std::vector<bool> input;
    for (unsigned i = 1; i <= n; ++i) input.push_back(at(x, i, n));
    return input;
}

struct Subject {
    TruthTable table;
    measure::Diagram diagram;
};

template <typename Action>
void on_random_circuits(int rounds, const Action& action) {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < rounds; ++round) {
        const std::size_t n = 1 + random.below(9);
        const auto r = random_circuit(random, n, random.below(60));
        const circuit::Literal root = r.literals.back() ^ random.chance(1, 2);
        const circuit::Circuit& c = r.builder.circuit();
        INFO("round " << round << ", n " << n);
        action(Subject{std::get<TruthTable>(measure::tabulate(c, root, 1, {})),
                       std::get<measure::Diagram>(measure::diagram(c, root, {}, {}))});
    }
}

}  // namespace

TEST_CASE("a diagram has the values of its circuit and no two equal nodes", "[analysis]") {
    on_random_circuits(120, [](const Subject& s) {
        for (Input x = 0; x < s.table.size(); ++x)
            REQUIRE(s.diagram.evaluate(bits_of(x, s.table.variables())) == s.table[x]);
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> seen;
        for (std::size_t v = 2; v < s.diagram.nodes.size(); ++v) {
            const auto& node = s.diagram.nodes[v];
            REQUIRE(node.low != node.high);
            REQUIRE((node.low < v && node.high < v));
            REQUIRE(s.diagram.nodes[node.low].level > node.level);
            REQUIRE(s.diagram.nodes[node.high].level > node.level);
            REQUIRE(seen.emplace(node.level, node.low, node.high).second);
        }
    });
}

TEST_CASE("counts on diagrams are those of truth tables", "[analysis]") {
    on_random_circuits(120, [](const Subject& s) {
        const auto counts = std::get<measure::DiagramCounts>(measure::counts(s.diagram, plenty, {}));
        CHECK(counts.ones == s.table.count_ones());
        const auto boundary = measure::sensitivity(s.table).boundary;
        REQUIRE(counts.boundary.size() == boundary.size());
        for (std::size_t i = 0; i < boundary.size(); ++i) CHECK(counts.boundary[i] == boundary[i]);
        std::int64_t balance = 0;
        for (Input x = 0; x < s.table.size(); ++x) balance += s.table[x] ? (std::popcount(x) % 2 == 0 ? 1 : -1) : 0;
        CHECK(counts.balance == balance);
    });
}

TEST_CASE("Fourier weights on diagrams are those of the spectrum", "[analysis]") {
    on_random_circuits(120, [](const Subject& s) {
        const auto weights = std::get<std::vector<mpz_class>>(measure::level_weights(s.diagram, plenty, {}));
        const auto spectrum = std::get<std::vector<std::int32_t>>(measure::spectrum(s.table, 1, {}));
        const auto levels = measure::levels(spectrum, 1);
        REQUIRE(weights.size() == levels.weight.size());
        for (std::size_t k = 0; k < weights.size(); ++k) CHECK(weights[k] == levels.weight[k]);
    });
}

TEST_CASE("shape on diagrams is that of truth tables", "[analysis]") {
    on_random_circuits(200, [](const Subject& s) {
        const auto found = std::get<measure::Shape>(measure::shape(s.diagram, plenty, {}));
        const auto expected = measure::shape(s.table);
        CHECK(found.directions == expected.directions);
        CHECK(found.by_weight == expected.by_weight);
    });
}

TEST_CASE("sensitivity on diagrams is that of truth tables, and its inputs show it", "[analysis]") {
    on_random_circuits(200, [](const Subject& s) {
        const auto found = std::get<0>(measure::most_sensitive(s.diagram, plenty, {}));
        const auto expected = measure::sensitivity(s.table);
        const unsigned n = s.table.variables();
        for (std::size_t v = 0; v < 2; ++v) {
            REQUIRE(found[v].has_value() == expected.most[v].has_value());
            if (!found[v]) continue;
            CHECK(found[v]->count == expected.most[v]->value);
            std::vector<bool> input = found[v]->input;
            REQUIRE(s.diagram.evaluate(input) == (v == 1));
            unsigned count = 0;
            for (unsigned i = 0; i < n; ++i) {
                input[i] = !input[i];
                count += s.diagram.evaluate(input) != (v == 1) ? 1 : 0;
                input[i] = !input[i];
            }
            CHECK(count == found[v]->count);
        }
    });
}

TEST_CASE("a path of a diagram decides the value, and partial inputs are constant where they should be", "[analysis]") {
    on_random_circuits(100, [](const Subject& s) {
        const unsigned n = s.table.variables();
        const auto path = measure::shortest_path(s.diagram);
        CHECK(measure::constant_on(s.diagram, path));
        std::vector<std::optional<bool>> fixed(n);
        for (unsigned i = 1; i <= n; ++i)
            if (i % 2 == 0) fixed[i - 1] = i % 4 == 0;
        bool seen[2] = {false, false};
        for (Input x = 0; x < s.table.size(); ++x) {
            bool agrees = true;
            for (unsigned i = 1; i <= n; ++i) agrees = agrees && (!fixed[i - 1] || *fixed[i - 1] == at(x, i, n));
            if (agrees) seen[s.table[x] ? 1 : 0] = true;
        }
        CHECK(measure::constant_on(s.diagram, fixed) == !(seen[0] && seen[1]));
    });
}

TEST_CASE("limits of a diagram are told, and the next one is none the worse", "[analysis]") {
    circuit::Builder b(std::size_t{1} << 28);
    std::vector<circuit::Literal> x;
    for (int k = 0; k < 60; ++k) x.push_back(b.add_input("x"));
    base::Random random(7);  // a bilinear form of nearly full rank has no small diagram in any order
    circuit::Literal sum = circuit::bottom;
    for (std::size_t i = 0; i < 30; ++i)
        for (std::size_t j = 30; j < 60; ++j)
            if (random.chance(1, 2)) sum = b.exclusive_or(sum, b.conjunction({x[i], x[j]}));
    const auto stopped = measure::diagram(b.circuit(), sum, {1 << 13}, {});
    REQUIRE(std::holds_alternative<verdict::Undecided>(stopped));
    CHECK(std::get<verdict::Undecided>(stopped).reason == verdict::Reason::memory);
    const auto small = measure::diagram(b.circuit(), b.conjunction({x[0], x[1]}), {}, {});
    REQUIRE(std::holds_alternative<measure::Diagram>(small));
    CHECK(std::get<measure::Diagram>(small).nodes.size() == 4);
}

TEST_CASE("diagrams wait for one another", "[analysis]") {
    circuit::Builder b(1 << 20);
    std::vector<circuit::Literal> x;
    for (int k = 0; k < 12; ++k) x.push_back(b.add_input("x"));
    circuit::Literal sum = circuit::bottom;
    for (const circuit::Literal l : x) sum = b.exclusive_or(sum, l);
    std::vector<std::size_t> sizes(4);
    std::vector<std::thread> threads;
    for (std::size_t k = 0; k < sizes.size(); ++k)
        threads.emplace_back(
            [&, k] { sizes[k] = std::get<measure::Diagram>(measure::diagram(b.circuit(), sum, {}, {})).nodes.size(); });
    for (std::thread& thread : threads) thread.join();
    for (const std::size_t size : sizes) CHECK(size == 2 + 1 + 2 * 11);
}
