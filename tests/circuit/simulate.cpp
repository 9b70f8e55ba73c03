#include "circuit/simulate.hpp"

#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "random_circuit.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::circuit;

namespace {

/// By the definition of gates, one assignment at a time.
bool value(const Circuit& c, Literal l, const std::vector<bool>& inputs) {
    bool result = false;
    switch (c.kind(l.node())) {
        case GateKind::constant: break;
        case GateKind::input: result = inputs[l.node() - 1]; break;
        case GateKind::conjunction:
            result = true;
            for (const Literal f : c.fan_ins(l.node())) result = result && value(c, f, inputs);
            break;
        case GateKind::exclusive_or:
            result = value(c, c.fan_ins(l.node())[0], inputs) != value(c, c.fan_ins(l.node())[1], inputs);
            break;
    }
    return result != l.complemented();
}

std::vector<std::uint64_t> column(std::span<const std::uint64_t> rows, std::size_t words, std::size_t w) {
    std::vector<std::uint64_t> result;
    for (std::size_t at = w; at < rows.size(); at += words) result.push_back(rows[at]);
    return result;
}

}  // namespace

TEST_CASE("blocks, words and recursion agree", "[circuit]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 40; ++round) {
        const std::size_t n = 1 + random.below(12);
        const auto r = tests::random_circuit(random, n, random.below(150));
        const Circuit& c = r.builder.circuit();
        std::vector<Literal> roots{bottom, top, r.literals[1], !r.literals[1]};
        for (int k = 0; k < 6; ++k) roots.push_back(r.literals[random.below(r.literals.size())] ^ random.chance(1, 2));
        Simulator simulator(c, roots);
        for (const std::size_t words : {1U, 7U, 8U, 9U, 32U, 33U, 100U}) {
            std::vector<std::uint64_t> inputs(n * words);
            for (std::uint64_t& word : inputs) word = random.bits();
            std::vector<std::uint64_t> outputs(roots.size() * words);
            simulator.run(inputs, outputs, words);
            for (std::size_t w = 0; w < words; ++w) {
                const auto values = simulate_word(c, column(inputs, words, w));
                for (std::size_t k = 0; k < roots.size(); ++k) {
                    const std::uint64_t flip = -std::uint64_t{roots[k].complemented()};
                    REQUIRE(outputs[k * words + w] == (values[roots[k].node()] ^ flip));
                }
            }
        }
        std::vector<bool> assignment;
        for (std::size_t k = 0; k < n; ++k) assignment.push_back(random.chance(1, 2));
        const std::vector<bool> one = evaluate(c, roots, assignment);
        for (std::size_t k = 0; k < roots.size(); ++k) {
            // Recursion shares nothing; keep it to cones that it can walk.
            if (c.gate_count() < 40) REQUIRE(one[k] == value(c, roots[k], assignment));
            REQUIRE(one[k] == evaluate(c, roots[k], assignment));
        }
    }
}

TEST_CASE("raw gates with complemented fan-ins are simulated", "[circuit]") {
    Circuit c;
    const Literal x(c.add_input("x"), false);
    const Literal y(c.add_input("y"), false);
    const std::vector<Literal> one{!x, y};
    const std::vector<Literal> three{!x, !y, x};
    const Literal g(c.add_gate(GateKind::exclusive_or, one), false);
    const Literal h(c.add_gate(GateKind::conjunction, three), false);
    CHECK(truth_table(c, g) == std::vector<std::uint64_t>{0b1001});
    CHECK(truth_table(c, h) == std::vector<std::uint64_t>{0});
}

TEST_CASE("slots are used again", "[circuit]") {
    Builder b(1 << 28);
    std::vector<Literal> inputs;
    for (int k = 0; k < 64; ++k) inputs.push_back(b.add_input("x"));
    Literal last = inputs[0];
    for (std::size_t k = 0; k < 100'000; ++k) {
        const Literal input = inputs[k % 64];
        last = k % 3 == 0 ? b.exclusive_or(last, input) : b.conjunction({!last, input ^ (k % 2 == 0)});
    }
    const Simulator simulator(b.circuit(), std::span(&last, 1));
    CHECK(simulator.gate_count() > 50'000);
    CHECK(simulator.slot_count() <= 66);
}

TEST_CASE("only gates that a root depends on are evaluated", "[circuit]") {
    Builder b(1 << 20);
    const Literal x = b.add_input("x");
    const Literal y = b.add_input("y");
    const Literal g = b.conjunction({x, y});
    b.exclusive_or(x, y);
    const Simulator simulator(b.circuit(), std::span(&g, 1));
    CHECK(simulator.gate_count() == 1);
    CHECK(simulator.root_count() == 1);
    CHECK(simulator.input_count() == 2);
}

TEST_CASE("all assignments come in order, the first input most significant", "[circuit]") {
    for (const unsigned n : {1U, 3U, 6U, 7U, 9U}) {
        const std::size_t words = truth_table_words(n);
        std::vector<std::uint64_t> inputs(n * words);
        fill_all_assignments(n, 0, words, inputs);
        for (std::size_t a = 0; a < std::size_t{1} << n; ++a) {
            std::size_t spelled = 0;
            for (unsigned k = 0; k < n; ++k) {
                spelled = 2 * spelled + (inputs[k * words + a / 64] >> (a % 64) & 1U);
            }
            REQUIRE(spelled == a);
        }
    }
}

TEST_CASE("truth tables", "[circuit]") {
    Builder b(1 << 20);
    std::vector<Literal> x;
    for (int k = 0; k < 3; ++k) x.push_back(b.add_input("x"));
    CHECK(truth_table(b.circuit(), x[0]) == std::vector<std::uint64_t>{0xF0});
    CHECK(truth_table(b.circuit(), !x[2]) == std::vector<std::uint64_t>{0x55});
    CHECK(truth_table(b.circuit(), top) == std::vector<std::uint64_t>{0xFF});
    CHECK(truth_table(b.circuit(), b.conjunction(x)) == std::vector<std::uint64_t>{0x80});

    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    const auto r = tests::random_circuit(random, 17, 500);
    const auto table = truth_table(r.builder.circuit(), r.literals.back());
    REQUIRE(table.size() == std::size_t{1} << 11);
    for (int k = 0; k < 200; ++k) {
        const std::uint64_t a = random.below(std::uint64_t{1} << 17);
        std::vector<bool> inputs;
        for (int i = 0; i < 17; ++i) inputs.push_back((a >> (16 - i) & 1U) != 0);
        REQUIRE(evaluate(r.builder.circuit(), r.literals.back(), inputs) == ((table[a / 64] >> (a % 64) & 1U) != 0));
    }
}

TEST_CASE("simulation refuses arrays of the wrong size", "[circuit]") {
    Builder b(1 << 20);
    const Literal x = b.add_input("x");
    Simulator simulator(b.circuit(), std::span(&x, 1));
    std::vector<std::uint64_t> inputs(3);
    std::vector<std::uint64_t> outputs(2);
    CHECK_THROWS_AS(simulator.run(inputs, outputs, 2), base::InternalError);
    CHECK_THROWS_AS(simulate_word(b.circuit(), inputs), base::InternalError);
    Builder wide(1 << 20);
    for (int k = 0; k < 33; ++k) wide.add_input("x");
    CHECK_THROWS_AS(truth_table(wide.circuit(), top), base::Unsupported);
}
