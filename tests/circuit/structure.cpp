#include "circuit/structure.hpp"

#include <catch2/catch.hpp>

#include "random_circuit.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::circuit;

TEST_CASE("levels count gates on the longest path", "[circuit]") {
    Builder b(1 << 20);
    const Literal x = b.add_input("x");
    const Literal y = b.add_input("y");
    const Literal z = b.add_input("z");
    const Literal g = b.conjunction({x, !y});
    const Literal h = b.exclusive_or(!g, z);
    const Literal k = b.conjunction({x, h, !g});
    const Literal side = b.conjunction({x, z});
    Circuit& c = b.circuit();
    CHECK(levels(c) == std::vector<std::uint32_t>{0, 0, 0, 0, 1, 2, 3, 1});
    CHECK(depth(c) == 3);
    c.add_output("side", !side);
    CHECK(depth(c) == 1);
    c.add_constraint("h", h);
    CHECK(depth(c) == 2);
    c.add_output("top", top);
    c.add_output("k", k);
    CHECK(fan_out_counts(c) == std::vector<std::uint32_t>{1, 3, 1, 2, 2, 2, 1, 1});
    const Statistics s = statistics(c);
    CHECK(s.inputs == 3);
    CHECK(s.conjunctions == 3);
    CHECK(s.exclusive_ors == 1);
    CHECK(s.size() == c.gate_count());
    CHECK(s.wires == 9);
    CHECK(s.outputs == 3);
    CHECK(s.constraints == 1);
    CHECK(s.depth == 3);
    CHECK(s.greatest_fan_in == 3);
    CHECK(s.greatest_fan_out == 3);
}

TEST_CASE("an empty circuit has depth 0", "[circuit]") {
    const Circuit c;
    CHECK(depth(c) == 0);
    CHECK(statistics(c).size() == 0);
}

TEST_CASE("a cone is what the root reads, however deep", "[circuit]") {
    Builder b(1 << 28);
    Literal last = b.add_input("x");
    const Literal y = b.add_input("y");
    const Literal unused = b.add_input("z");
    for (int k = 0; k < 300'000; ++k) last = b.conjunction({!last, k % 2 ? y : !y});
    const Literal root = !last;
    const std::vector<bool> cone = cone_of(b.circuit(), std::span(&root, 1));
    CHECK(cone[root.node()]);
    CHECK(cone[y.node()]);
    CHECK(cone[1]);
    CHECK_FALSE(cone[0]);
    CHECK_FALSE(cone[unused.node()]);
    CHECK(depth(b.circuit()) == b.circuit().gate_count());
}
