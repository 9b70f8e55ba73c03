#include "measure/function/diagram_certificates.hpp"

#include <catch2/catch.hpp>

#include "../circuit/random_circuit.hpp"
#include "functions.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"
#include "seed.hpp"

// Certificates by hitting sets on diagrams, against those over all subcubes.

using namespace attest;
using namespace attest::tests;

namespace {

Input input_of(const std::vector<bool>& bits) {
    Input x = 0;
    for (const bool bit : bits) x = 2 * x + (bit ? 1 : 0);
    return x;
}

void check(const TruthTable& f, const measure::Diagram& d, const measure::DiagramCertificateOptions& options,
           bool exact) {
    const unsigned n = f.variables();
    const auto expected = std::get<measure::Certificates>(measure::certificates(f, {}));
    const auto blocks = measure::block_sensitivity(f, expected.by_input, 1'000'000, {});
    const auto found = std::get<0>(measure::certificates(d, options, {}));
    for (std::size_t v = 0; v < 2; ++v) {
        REQUIRE(found[v].has_value() == expected.most[v].has_value());
        if (!found[v]) continue;
        const auto& c = found[v]->certificate;
        REQUIRE(c.lower <= expected.most[v]->value);
        REQUIRE(c.upper >= expected.most[v]->value);
        if (exact) REQUIRE(c.lower == c.upper);
        if (!c.input.empty()) {
            REQUIRE(f[input_of(c.input)] == (v == 1));
            REQUIRE(expected.by_input[input_of(c.input)] >= c.lower);
        }
        const auto& b = found[v]->block_sensitivity;
        REQUIRE(b.lower <= blocks.sides[v]->lower);
        REQUIRE(b.upper >= blocks.sides[v]->upper);
        REQUIRE(found[v]->blocks.size() == b.lower);
        Input used = 0;
        for (const auto& block : found[v]->blocks) {
            Input set = 0;
            for (const unsigned i : block) set |= Input{1} << measure::bit_of(i, n);
            REQUIRE((set & used) == 0);
            used |= set;
            REQUIRE(f[input_of(b.input) ^ set] != (v == 1));
        }
    }
}

}  // namespace

TEST_CASE("certificates on diagrams are those over all subcubes", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 150; ++round) {
        const std::size_t n = 1 + random.below(9);
        const auto r = random_circuit(random, n, random.below(60));
        const circuit::Literal root = r.literals.back() ^ random.chance(1, 2);
        INFO("round " << round << ", n " << n);
        const auto table = std::get<TruthTable>(measure::tabulate(r.builder.circuit(), root, 1, {}));
        const auto d = std::get<measure::Diagram>(measure::diagram(r.builder.circuit(), root, {}, {}));
        check(table, d, {}, true);
        check(table, d, {2, 300, 1 << 20}, false);
    }
}

TEST_CASE("the longest path of a diagram is no shorter than a decision tree must be", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 60; ++round) {
        const std::size_t n = 1 + random.below(7);
        const auto r = random_circuit(random, n, random.below(40));
        const circuit::Literal root = r.literals.back();
        const auto table = std::get<TruthTable>(measure::tabulate(r.builder.circuit(), root, 1, {}));
        const auto d = std::get<measure::Diagram>(measure::diagram(r.builder.circuit(), root, {}, {}));
        REQUIRE(measure::longest_path(d) >= std::get<unsigned>(measure::decision_tree_depth(table, {})));
    }
}
