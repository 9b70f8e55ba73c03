#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "base/version.hpp"
#include "circuit/aiger.hpp"
#include "circuit/and_inverter.hpp"
#include "circuit/simulate.hpp"
#include "exported.hpp"
#include "random_circuit.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::circuit;

namespace {

std::vector<Literal> port_literals(const Circuit& c) {
    std::vector<Literal> result;
    for (const Port& port : c.outputs()) result.push_back(port.literal);
    for (const Port& port : c.constraints()) result.push_back(port.literal);
    return result;
}

std::vector<std::string> names(const Circuit& c) {
    std::vector<std::string> result;
    for (std::size_t k = 0; k < c.input_count(); ++k) result.push_back(c.input_name(k));
    for (const Port& port : c.outputs()) result.push_back("o " + port.name);
    for (const Port& port : c.constraints()) result.push_back("c " + port.name);
    return result;
}

/// On all inputs if they are few, else on random ones.
void require_equal(const Circuit& a, const Circuit& b, base::Random& random) {
    REQUIRE(names(a) == names(b));
    const std::size_t words = a.input_count() <= 12 ? truth_table_words(static_cast<unsigned>(a.input_count())) : 64;
    std::vector<std::uint64_t> inputs(a.input_count() * words);
    for (std::uint64_t& word : inputs) word = random.bits();
    if (a.input_count() <= 12) fill_all_assignments(static_cast<unsigned>(a.input_count()), 0, words, inputs);
    const std::vector<Literal> of_a = port_literals(a);
    const std::vector<Literal> of_b = port_literals(b);
    std::vector<std::uint64_t> from_a(of_a.size() * words);
    std::vector<std::uint64_t> from_b(of_b.size() * words);
    Simulator(a, of_a).run(inputs, from_a, words);
    Simulator(b, of_b).run(inputs, from_b, words);
    REQUIRE(from_a == from_b);
}

/// The ASCII file with its gates in another order.
std::string shuffled(const std::string& text, base::Random& random) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    std::istringstream header(lines[0]);
    std::string magic;
    std::vector<std::size_t> n(7, 0);
    header >> magic;
    for (std::size_t& count : n) header >> count;
    const std::size_t first = 1 + n[1] + n[3] + n[5] + n[6];
    for (std::size_t k = n[4]; k > 1; --k) std::swap(lines[first + k - 1], lines[first + random.below(k)]);
    std::string result;
    for (const std::string& line : lines) result += line + "\n";
    return result;
}

const std::string half_adder_ascii =
    "aag 7 2 0 2 3\n2\n4\n6\n12\n6 13 15\n12 2 4\n14 3 5\ni0 x\ni1 y\no0 s\no1 c\nc\nhalf adder\n";
const std::string half_adder_binary = "aig 5 2 0 2 3\n10\n6\n\x02\x02\x03\x02\x01\x02i0 x\ni1 y\no0 s\no1 c\n";

}  // namespace

TEST_CASE("the half adder of the AIGER report is read in both forms", "[circuit]") {
    for (const std::string& text : {half_adder_ascii, half_adder_binary}) {
        const Circuit c = read_aiger(text, "half");
        CHECK(names(c) == std::vector<std::string>{"x", "y", "o s", "o c"});
        REQUIRE(c.outputs().size() == 2);
        CHECK(truth_table(c, c.outputs()[0].literal) == std::vector<std::uint64_t>{0b0110});
        CHECK(truth_table(c, c.outputs()[1].literal) == std::vector<std::uint64_t>{0b1000});
    }
}

TEST_CASE("AIGER is written byte for byte as expected", "[circuit]") {
    Builder b(1 << 20);
    const Literal x = b.add_input("x1");
    const Literal y = b.add_input("x2");
    const Literal z = b.add_input("x3");
    b.circuit().add_output("accept", !b.conjunction({x, !y, z}));
    CHECK(tests::exported(b.circuit(), ".aag", {.description = "three\nof them"}) ==
          "aag 5 3 0 1 2\n2\n4\n6\n11\n8 5 2\n10 8 6\ni0 x1\ni1 x2\ni2 x3\no0 accept\nc\nattest " +
              std::string(base::version()) +
              "\n"
              "three\\x0aof them\n");
    b.circuit().add_constraint("some", b.disjunction({x, y}));
    CHECK(tests::exported(b.circuit(), ".aag").starts_with("aag 6 3 0 1 3 0 1\n2\n4\n6\n11\n13\n"));
    CHECK(
        tests::exported(b.circuit(), ".aig").starts_with("aig 6 3 0 1 3 0 1\n11\n13\n\x03\x03\x02\x02\x07\x02i0 x1\n"));
}

TEST_CASE("a circuit goes through AIGER and back", "[circuit]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 40; ++round) {
        const std::size_t inputs = round % 4 == 0 ? 40 : 2 + random.below(10);
        const Circuit c = tests::random_ported_circuit(random, inputs, 20 + random.below(300), 5, round % 2 == 0);
        const std::string ascii = tests::exported(c, ".aag");
        const Circuit from_ascii = read_aiger(ascii, "a.aag");
        const Circuit from_binary = read_aiger(tests::exported(c, ".aig"), "a.aig");
        require_equal(c, from_ascii, random);
        require_equal(c, from_binary, random);
        require_equal(c, read_aiger(shuffled(ascii, random), "s.aag"), random);
        // A second time round nothing changes.
        REQUIRE(tests::exported(from_ascii, ".aag") == ascii);
        REQUIRE(tests::exported(from_binary, ".aag") == ascii);
    }
}

TEST_CASE("deltas of more than one byte", "[circuit]") {
    Builder b(1 << 28);
    std::vector<Literal> x;
    for (int k = 0; k < 20'000; ++k) x.push_back(b.add_input(fmt::format("x{}", k)));
    b.circuit().add_output("both ends", b.conjunction({x.front(), x.back()}));
    b.circuit().add_output("all", b.conjunction(x));
    const Circuit c = read_aiger(tests::exported(b.circuit(), ".aig"), "wide.aig");
    CHECK(tests::exported(c, ".aag") == tests::exported(b.circuit(), ".aag"));
}

TEST_CASE("gates in the worst order, as deep as they are many", "[circuit]") {
    // Gate k reads gate k + 1: the search goes to the bottom from the first line.
    const std::size_t gates = 200'000;
    std::string text = fmt::format("aag {} 2 0 1 {}\n2\n4\n6\n", gates + 2, gates);
    for (std::size_t k = 0; k < gates; ++k) {
        const std::size_t below = k + 1 == gates ? 2 : 2 * (k + 4) + 1;
        text += fmt::format("{} {} {}\n", 2 * (k + 3), below, k % 2 == 0 ? 4 : 5);
    }
    const Circuit c = read_aiger(text, "deep.aag");
    CHECK(c.gate_count() > 1000);
}

TEST_CASE("AIGER without symbols, with unused variables, constants and bad states", "[circuit]") {
    const Circuit c = read_aiger("aag 9 2 0 3 1 1 1\n4\n14\n0\n1\n18\n5\n15\n18 14 5\n", "a.aag");
    CHECK(names(c) == std::vector<std::string>{"i0", "i1", "o o0", "o o1", "o o2", "o b0", "c c0"});
    CHECK(c.outputs()[0].literal == bottom);
    CHECK(c.outputs()[1].literal == top);
    CHECK(truth_table(c, c.outputs()[2].literal) == std::vector<std::uint64_t>{0b0010});
    CHECK(truth_table(c, c.outputs()[3].literal) == std::vector<std::uint64_t>{0b0011});
    CHECK(truth_table(c, c.constraints()[0].literal) == std::vector<std::uint64_t>{0b0101});
    CHECK(read_aiger("aag 0 0 0 0 0\n", "e.aag").node_count() == 1);
    CHECK(read_aiger("aig 0 0 0 0 0\nc\nno\0thing", "e.aig").node_count() == 1);
}

TEST_CASE("wide gates become balanced trees", "[circuit]") {
    Builder b(1 << 20);
    std::vector<Literal> x;
    for (int k = 0; k < 64; ++k) x.push_back(b.add_input("x"));
    b.circuit().add_output("all", b.conjunction(x));
    const Transformed t = and_inverter(b.circuit());
    CHECK(t.circuit.gate_count() == 63);
    CHECK(t.images[65] == t.circuit.outputs()[0].literal);
    std::vector<std::uint32_t> level(t.circuit.node_count(), 0);
    for (Node v = t.circuit.first_gate(); v < t.circuit.node_count(); ++v) {
        REQUIRE(t.circuit.fan_ins(v).size() == 2);
        for (const Literal f : t.circuit.fan_ins(v)) level[v] = std::max(level[v], level[f.node()] + 1);
    }
    CHECK(level.back() == 6);
}

TEST_CASE("ABC finds what we wrote and read again equivalent", "[circuit]") {
    if (!tests::have("berkeley-abc")) return;
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    const base::DirectoryInProgress directory;
    for (int round = 0; round < 5; ++round) {
        const Circuit c = tests::random_ported_circuit(random, 12, 300, 4, false);
        // ABC reads no ASCII: what we read from our ASCII goes to it as binary.
        const Circuit again = read_aiger(tests::exported(c, ".aag"), "c.aag");
        const std::string one = tests::export_to(directory, "one", c, ".aig");
        const std::string two = tests::export_to(directory, "two", again, ".aig");
        Circuit wrong = c;
        wrong.add_output("y4", Literal(1, true));
        Circuit right = c;
        right.add_output("y4", Literal(1, false));
        const std::string three = tests::export_to(directory, "three", wrong, ".aig");
        const std::string four = tests::export_to(directory, "four", right, ".aig");
        // `cec` and not `&cec -x` or `-y`, which take a circuit and its complement for equivalent.
        CHECK_THAT(tests::output_of("berkeley-abc -q 'cec " + one + " " + two + "'"),
                   Catch::Contains("Networks are equivalent"));
        CHECK_THAT(tests::output_of("berkeley-abc -q 'cec " + three + " " + four + "'"),
                   Catch::Contains("NOT EQUIVALENT"));
    }
}
