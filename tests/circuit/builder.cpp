#include "attest/circuit/builder.hpp"

#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "circuit/simulate.hpp"
#include "random_circuit.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::circuit;

namespace {

struct Inputs {
    Builder builder{std::size_t{1} << 20};
    Literal x = builder.add_input("x");
    Literal y = builder.add_input("y");
    Literal z = builder.add_input("z");
};

std::vector<Literal> fan_ins(const Circuit& circuit, Literal gate) {
    const auto span = circuit.fan_ins(gate.node());
    return {span.begin(), span.end()};
}

}  // namespace

TEST_CASE("and simplifies as the certificate format says", "[circuit]") {
    Inputs in;
    auto& [b, x, y, z] = in;
    CHECK(b.conjunction(std::span<const Literal>{}) == top);
    CHECK(b.conjunction({x}) == x);
    CHECK(b.conjunction({!x}) == !x);
    CHECK(b.conjunction({top, x}) == x);
    CHECK(b.conjunction({x, top, top}) == x);
    CHECK(b.conjunction({x, bottom}) == bottom);
    CHECK(b.conjunction({x, y, bottom}) == bottom);
    CHECK(b.conjunction({x, x}) == x);
    CHECK(b.conjunction({x, x, x}) == x);
    CHECK(b.conjunction({x, !x}) == bottom);
    CHECK(b.conjunction({!x, y, x}) == bottom);
    CHECK(b.circuit().gate_count() == 0);

    const Literal xy = b.conjunction({y, x});
    CHECK(xy == Literal(4, false));
    CHECK(fan_ins(b.circuit(), xy) == std::vector<Literal>{x, y});
    CHECK(b.conjunction({x, y}) == xy);
    CHECK(b.conjunction({y, top, x, y}) == xy);
    CHECK(b.conjunction({!x, y}) == Literal(5, false));
    // No flattening: a gate in a gate stays one.
    const Literal xyz = b.conjunction({z, xy});
    CHECK(fan_ins(b.circuit(), xyz) == std::vector<Literal>{z, xy});
    CHECK(b.conjunction({z, y, x}) == Literal(7, false));
}

TEST_CASE("or is the complement of an and of complements", "[circuit]") {
    Inputs in;
    auto& [b, x, y, z] = in;
    CHECK(b.disjunction(std::span<const Literal>{}) == bottom);
    CHECK(b.disjunction({x, bottom}) == x);
    CHECK(b.disjunction({x, top, y}) == top);
    CHECK(b.disjunction({x, !x}) == top);
    CHECK(b.disjunction({y, y}) == y);
    const Literal either = b.disjunction({x, y});
    CHECK(either == !b.conjunction({!y, !x}));
    CHECK(b.disjunction({x, !y, z}) == !b.conjunction({!x, y, !z}));
}

TEST_CASE("xor keeps complements out of its gate", "[circuit]") {
    Inputs in;
    auto& [b, x, y, z] = in;
    CHECK(b.exclusive_or(x, bottom) == x);
    CHECK(b.exclusive_or(top, x) == !x);
    CHECK(b.exclusive_or(top, top) == bottom);
    CHECK(b.exclusive_or(x, x) == bottom);
    CHECK(b.exclusive_or(x, !x) == top);
    CHECK(b.circuit().gate_count() == 0);
    const Literal sum = b.exclusive_or(y, x);
    CHECK(fan_ins(b.circuit(), sum) == std::vector<Literal>{x, y});
    CHECK(b.circuit().kind(sum.node()) == GateKind::exclusive_or);
    CHECK(b.exclusive_or(!x, y) == !sum);
    CHECK(b.exclusive_or(!y, !x) == sum);
    // The same fan-ins under another kind are another gate.
    CHECK(b.conjunction({x, y}) != sum);
    CHECK(b.exclusive_or(x, y) == sum);
}

TEST_CASE("every literal that a builder gives is what was asked for", "[circuit]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 60; ++round) {
        const auto r = tests::random_circuit(random, 1 + random.below(20), random.below(400));
        const auto values = simulate_word(r.builder.circuit(), r.inputs);
        for (std::size_t k = 0; k < r.literals.size(); ++k) {
            const Literal l = r.literals[k];
            REQUIRE((values[l.node()] ^ -std::uint64_t{l.complemented()}) == r.values[k]);
        }
    }
}

TEST_CASE("equal gates are one gate, however many there are", "[circuit]") {
    base::Random random(tests::seed());
    Builder builder(std::size_t{1} << 30);
    std::vector<Literal> inputs;
    for (int k = 0; k < 700; ++k) inputs.push_back(builder.add_input("x"));
    std::vector<Literal> first;
    const auto for_all_pairs = [&inputs](auto&& visit) {
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) visit(inputs[i], inputs[j]);
        }
    };
    for_all_pairs([&](Literal a, Literal b) { first.push_back(builder.conjunction({a, !b})); });
    CHECK(builder.circuit().gate_count() == first.size());
    std::size_t k = 0;
    bool same = true;
    for_all_pairs([&](Literal a, Literal b) { same = same && builder.conjunction({!b, a}) == first[k++]; });
    CHECK(same);
    CHECK(builder.circuit().gate_count() == first.size());
}

TEST_CASE("a builder stops at its memory limit and says so", "[circuit]") {
    const std::size_t limit = 1 << 20;
    Builder builder(limit);
    Literal last = builder.add_input("x");
    const Literal y = builder.add_input("y");
    for (int k = 0; k < 1'000'000 && !builder.exhausted(); ++k) last = builder.conjunction({!last, k % 2 ? y : !y});
    CHECK(builder.exhausted());
    CHECK(builder.circuit().memory_bytes() <= limit);
    CHECK(builder.circuit().gate_count() > limit / 64);
    const std::size_t gates = builder.circuit().gate_count();
    builder.conjunction({y, !Literal(1, false)});
    builder.exclusive_or(y, Literal(1, false));
    CHECK(builder.circuit().gate_count() == gates);
    CHECK(Builder(std::size_t{1} << 30).exhausted() == false);
}

TEST_CASE("memory is at most 16 bytes a gate and 16 a wire", "[circuit]") {
    // A gate has 8 bytes and a wire 4; a vector that has just doubled holds twice what it uses, no more.
    const auto bytes_for = [](std::size_t gates, std::size_t fan_in) {
        Circuit circuit;
        std::vector<Literal> all;
        for (std::size_t k = 0; k < fan_in; ++k) all.emplace_back(circuit.add_input("x"), false);
        const std::size_t before = circuit.memory_bytes();
        for (std::size_t k = 0; k < gates; ++k) circuit.add_gate(GateKind::conjunction, all);
        return circuit.memory_bytes() - before;
    };
    for (const std::size_t gates : {10'000U, 16'385U, 100'000U}) {
        for (const std::size_t fan_in : {2U, 3U, 17U}) {
            CHECK(bytes_for(gates, fan_in) <= 16 * gates + 8 * gates * fan_in + 1024);
        }
    }
    Circuit exact;
    const std::vector<Literal> pair{{exact.add_input("x"), false}, {exact.add_input("y"), false}};
    const std::size_t before = exact.memory_bytes();
    exact.reserve(50'000, 100'000);
    for (int k = 0; k < 50'000; ++k) exact.add_gate(GateKind::conjunction, pair);
    CHECK(exact.memory_bytes() - before <= 8 * 50'000 + 4 * 100'000 + 64);
}

TEST_CASE("gates remember the origin that was set when they were made", "[circuit]") {
    Inputs in;
    auto& [b, x, y, z] = in;
    const Origin attends{.role = Origin::Role::attends, .layer = 1, .head = 2, .position = 3};
    const Origin value{.role = Origin::Role::value, .layer = 1, .position = 3, .index = 0};
    b.set_origin(attends);
    const Literal first = b.conjunction({x, y});
    b.set_origin(value);
    const Literal again = b.conjunction({y, x});
    const Literal second = b.conjunction({x, z});
    b.set_origin({});
    const Literal third = b.conjunction({y, z});
    const Circuit& c = b.circuit();
    CHECK(again == first);
    CHECK(c.origin(first.node()) == attends);
    CHECK(c.origin(second.node()) == value);
    CHECK(c.origin(third.node()) == Origin{});
    CHECK(c.origin_count() == 3);
}

TEST_CASE("a circuit refuses what is no gate", "[circuit]") {
    Circuit c;
    const Literal x(c.add_input("x"), false);
    const Literal y(c.add_input("y"), false);
    const auto add = [&c](GateKind kind, const std::vector<Literal>& f, std::uint32_t origin = 0) {
        c.add_gate(kind, f, origin);
    };
    CHECK_THROWS_AS(add(GateKind::conjunction, {x}), base::InternalError);
    CHECK_THROWS_AS(add(GateKind::conjunction, {x, top}), base::InternalError);
    CHECK_THROWS_AS(add(GateKind::conjunction, {x, Literal(3, false)}), base::InternalError);
    CHECK_THROWS_AS(add(GateKind::exclusive_or, {x, y, x}), base::InternalError);
    CHECK_THROWS_AS(add(GateKind::input, {x, y}), base::InternalError);
    CHECK_THROWS_AS(add(GateKind::conjunction, {x, y}, 1), base::InternalError);
    CHECK(c.gate_count() == 0);
    add(GateKind::conjunction, {x, y});
    CHECK_THROWS_AS(c.add_input("z"), base::InternalError);
}

TEST_CASE("a cone keeps inputs, order, names, origins and meaning", "[circuit]") {
    Inputs in;
    auto& [b, x, y, z] = in;
    const Literal unused = b.conjunction({x, y});
    b.set_origin({.role = Origin::Role::miter});
    const Literal used = b.exclusive_or(x, z);
    const Literal above = b.conjunction({!used, y});
    b.conjunction({unused, above});
    b.circuit().add_output("accept", !above);
    std::vector<Literal> roots{!used, x, top};
    const Circuit c = cone(b.circuit(), roots);
    CHECK(c.input_count() == 3);
    CHECK(c.input_name(2) == "z");
    CHECK(c.gate_count() == 2);
    CHECK(roots == std::vector<Literal>{Literal(4, true), x, top});
    CHECK(c.outputs() == std::vector<Port>{{"accept", Literal(5, true)}});
    CHECK(c.origin(4).role == Origin::Role::miter);

    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 20; ++round) {
        const auto r = tests::random_circuit(random, 9, 200);
        std::vector<Literal> some{r.literals.back(), !r.literals[r.literals.size() / 2]};
        const std::vector<Literal> old = some;
        const Circuit part = cone(r.builder.circuit(), some);
        REQUIRE(part.gate_count() <= r.builder.circuit().gate_count());
        for (std::size_t k = 0; k < some.size(); ++k) {
            REQUIRE(truth_table(part, some[k]) == truth_table(r.builder.circuit(), old[k]));
        }
        std::vector<Literal> twice = some;
        const Circuit same = cone(part, twice);
        REQUIRE(twice == some);
        REQUIRE(same.gate_count() == part.gate_count());
    }
}
