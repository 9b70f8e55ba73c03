#include "circuit/sequential.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "attest/base/error.hpp"
#include "random_circuit.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Circuits with latches: what is written is read back, and does the same step by step.

using namespace attest;
using namespace attest::circuit;

namespace {

Sequential random_sequential(base::Random& random) {
    const std::size_t inputs = random.below(4), latches = 1 + random.below(5);
    tests::RandomCircuit r = tests::random_circuit(random, inputs + latches, 5 + random.below(40));
    const auto pick = [&] { return r.literals[random.below(r.literals.size())] ^ random.chance(1, 2); };
    Sequential s;
    for (std::size_t k = 0; k < latches; ++k) s.latches.push_back({fmt::format("m{}", k), pick(), random.chance(1, 3)});
    s.bad.push_back({"wrong", pick()});
    if (random.chance(1, 2)) r.builder.circuit().add_output("y", pick());
    if (random.chance(1, 2)) r.builder.circuit().add_constraint("fair", pick());
    s.step = std::move(r.builder).take();
    return s;
}

std::string written(const Sequential& s, bool binary) {
    std::ostringstream text;
    if (binary) write_aiger_binary(s, text);
    else write_aiger_ascii(s, text);
    return text.str();
}

std::string message(const std::string& bytes) {
    try {
        (void)read_sequential_aiger(bytes, "x");
    } catch (const base::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("circuits with latches are read back as they were", "[circuit]") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for (std::uint64_t k = 0; k < tests::trials(200); ++k) {
        INFO("circuit " << k);
        const Sequential s = random_sequential(random);
        for (const bool binary : {false, true}) {
            const Sequential back = read_sequential_aiger(written(s, binary), "x");
            REQUIRE(back.latches.size() == s.latches.size());
            REQUIRE(back.input_count() == s.input_count());
            CHECK(back.latches[0].name == s.latches[0].name);
            CHECK(back.latches[0].initial == s.latches[0].initial);
            CHECK(back.bad[0].name == "wrong");
            CHECK(back.step.outputs().size() == s.step.outputs().size());
            std::vector<std::vector<bool>> inputs;
            for (std::size_t t = 0; t < 12; ++t) {
                std::vector<bool>& step = inputs.emplace_back();
                for (std::size_t i = 0; i < s.input_count(); ++i) step.push_back(random.chance(1, 2));
                const SequentialRun a = run(s, inputs), b = run(back, inputs);
                CHECK(a.latches == b.latches);
                CHECK(a.bad == b.bad);
                CHECK(a.constrained == b.constrained);
            }
        }
    }
}

TEST_CASE("a counter counts", "[circuit]") {
    const Sequential s = read_sequential_aiger(
        "aag 6 1 2 0 3 1 0\n2\n4 10\n6 13\n8\n8 4 6\n10 5 2\n12 6 3\nl1 high\nb0 both\n", "counter");
    CHECK(s.input_count() == 1);
    CHECK(s.latches[1].name == "high");
    CHECK(s.latches[0].name == "l0");
    CHECK(run(s, {{true}, {false}}).latches == std::vector<bool>{true, true});
    CHECK(run(s, {{true}, {false}}).bad);
    CHECK_FALSE(run(s, {{true}}).bad);
}

TEST_CASE("latches that are refused", "[circuit]") {
    CHECK(message("aag 1 0 1 0 0\n2 2 2\n") == "x:2: expected 0 or 1 as the first value of a latch, found 2");
    CHECK(message("aag 1 0 1 0 0\n2\n") == "x:2: expected a space, found the end of the line");
    CHECK(message("aag 1 0 1 0 0\n3 0 0\n") == "x:2: expected an even literal, not 0, found 3");
    CHECK(message("aag 1 1 1 0 0\n2\n2 0\n") ==
          "x:1: expected a greatest variable of at least 2 (1 inputs, 1 latches and 0 gates), found 1");
    CHECK(message("aag 2 1 1 0 0\n2\n2 0\n") ==
          "x:3: expected a new variable, found literal 2, defined at x:2 already");
    CHECK(message("aag 2 0 1 0 0\n2 4\n") ==
          "x:2: expected a literal that an input, a latch or a gate defines, found 4");
    CHECK(message("aag 1 0 1 0 0 0 0 1\n2 0\n") ==
          "x:1: expected bad states only, found justice or fairness properties");
    CHECK(message("aag 1 0 1 0 0\n2 0\nl1 x\n") == "x:3: expected a symbol l with a number below 1, found l1");
    CHECK(message("aag 1 0 1 0 0\n2 0\nq1 x\n") ==
          "x:3: expected a symbol (i, l, o, b or c with a number), the comment, or the end of the file, found 'q'");
}
