#include "attest/base/error.hpp"
#include "base/digest.hpp"
#include "base/random.hpp"
#include "dense_loop.hpp"
#include "programs/machines/loop_errors.hpp"
#include "support.hpp"

// SUBLEQ programs, the loop of the network on them, and the bounds on its errors.

namespace attest::machines::tests {

namespace {

using Answer = LoopOutcome::Answer;

/// The program with which a temperature of 10 is too low for words of 11 bits.
std::string adversary(std::size_t bits) {
    return R"({"format":"attest/subleq","version":1,"scratch":4,"bits":)" + std::to_string(bits) +
           R"(,"memory":[0,0,1,-1],"commands":[[2,2,4],[3,0,2],[1,1,3],[1,1,3],[1,1,3],[1,1,2],[1,1,3],[1,1,3]]})";
}

/// The first loop that is not right, of at most so many; 0 if all are.
std::size_t first_wrong(const SubleqProgram& program, const LoopSettings& settings, std::size_t most) {
    SubleqRun run(program);
    while (run.loops() < most && !run.halts()) {
        if (loop(program, run, settings).answer != Answer::right) return run.loops() + 1;
        run.step();
    }
    return 0;
}

/// A program whose last command stands still.
SubleqProgram random_program(base::Random& random, std::size_t bits) {
    SubleqProgram p;
    p.shape = {2 + random.below(2), 4 + random.below(3), 3 + random.below(6), bits};
    const auto half = std::int64_t{1} << (bits - 1);
    p.memory = {-1, 0};
    while (p.memory.size() < p.shape.memory)
        p.memory.push_back(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * half))) - half);
    while (p.commands.size() + 1 < p.shape.commands)
        p.commands.push_back(
            {random.below(p.shape.memory), 2 + random.below(p.shape.memory - 2), random.below(p.shape.commands)});
    p.commands.push_back({1, 0, p.shape.commands - 1});
    return p;
}

}  // namespace

TEST_CASE("Programs run as others recorded, and the network's loops with them") {
    const auto oracles = shared_file("subleq/oracles.json");
    if (!oracles) return;
    std::size_t programs = 0;
    for (const auto& oracle : nlohmann::json::parse(*oracles)) {
        if (!oracle.contains("trace_sha256")) continue;
        const std::string name = oracle.at("program");
        CAPTURE(name);
        const SubleqProgram program = parse_subleq(*shared_file("subleq/" + name + ".json"), name);
        SubleqRun run(program);
        std::string trace;
        while (!run.halts()) trace += trace_line(program, run.step());
        CHECK(run.loops() == oracle.at("loops").get<std::size_t>());
        CHECK(run.memory() == oracle.at("final_memory").get<std::vector<std::int64_t>>());
        CHECK(base::sha256(trace) == oracle.at("trace_sha256").get<std::string>());
        if (program.shape.columns() < 30) CHECK(first_wrong(program, {exact::Rational(20)}, 12) == 0);
        ++programs;
    }
    CHECK(programs == 7);
}

TEST_CASE("One loop is what ten layers of matrices make of it") {
    const std::uint64_t seed = 2;
    CAPTURE(seed);
    base::Random random(seed);
    for (int k = 0; k < 12; ++k) {
        const SubleqProgram program = random_program(random, 3 + random.below(4));
        SubleqRun run(program);
        DenseLoop network(program, 12.0, 0.25);
        for (int t = 0; t < 6; ++t) {
            const LoopOutcome outcome = loop(program, run, {exact::Rational(12)});
            REQUIRE(outcome.answer == Answer::right);
            run.step();
            network.loop();
            CHECK(network.memory() == run.memory());
            CHECK(network.command() == run.command());
        }
    }
}

TEST_CASE("A temperature of 10 is too low for words of 11 bits, and in every layer as matrices say") {
    const SubleqProgram program = parse_subleq(adversary(11));
    const LoopOutcome outcome = loop(program, SubleqRun(program), {exact::Rational(10)});
    CHECK(outcome.answer == Answer::wrong);
    CHECK(outcome.place == "bit 1 of the next command");
    CHECK(std::stod(outcome.lower) == Approx(-0.4476249).epsilon(1e-6));
    DenseLoop network(program, 10.0, 0.25);
    network.loop();
    CHECK_FALSE(network.command() == 4);
    CHECK(first_wrong(program, {exact::Rational(12)}, 2) == 0);
    for (const std::size_t bits : {std::size_t{4}, std::size_t{8}})
        CHECK(first_wrong(parse_subleq(adversary(bits)), {exact::Rational(10)}, 2) == 0);
}

TEST_CASE("What the bounds allow no program breaks") {
    const std::uint64_t seed = 4;
    CAPTURE(seed);
    base::Random random(seed);
    for (int k = 0; k < 30; ++k) {
        const SubleqProgram program = random_program(random, 3 + random.below(10));
        const auto temperature = least_temperature(program.shape, exact::Rational(1, 4));
        REQUIRE(temperature);
        CHECK(first_wrong(program, {*temperature}, 8) == 0);
        CHECK_FALSE(
            loop_errors(program.shape, *temperature - exact::Rational(1, 100)).errors.within(exact::Rational(1, 4)));
    }
}

TEST_CASE("The least temperatures are those of the table") {
    const double table[][7] = {{6.71, 9.69, 12.59, 15.47, 21.16, 26.83, 49.31},
                               {6.95, 9.92, 12.82, 15.69, 21.39, 27.05, 49.53},
                               {7.44, 10.41, 13.31, 16.17, 21.87, 27.53, 50.01}};
    const std::size_t columns[] = {16, 32, 256}, bits[] = {4, 8, 12, 16, 24, 32, 64};
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t c = 0; c < 7; ++c) {
            const auto found = least_temperature({2, 2, columns[r] - 4, bits[c]}, exact::Rational(1, 4));
            REQUIRE(found);
            CAPTURE(columns[r], bits[c]);
            CHECK(found->get_d() == Approx(table[r][c]).margin(0.0101));
        }
    const auto holds = [](std::size_t n, std::size_t word, long temperature) {
        return loop_errors({2, 2, n - 4, word}, exact::Rational(temperature)).errors.within(exact::Rational(1, 4));
    };
    CHECK(holds(16, 8, 10));
    CHECK_FALSE(holds(16, 9, 10));
    CHECK(holds(256, 7, 10));
    CHECK_FALSE(holds(256, 8, 10));
    CHECK(holds(16, 15, 15));
    CHECK(holds(256, 21, 20));
}

TEST_CASE("The greatest exponential is beyond binary64 where temperature times bits is beyond 709") {
    const SubleqShape shape{2, 2, 12, 8};
    CHECK(shape.code_bits() == 4);
    CHECK_FALSE(overflows_binary64(shape, exact::Rational(177)));
    CHECK(overflows_binary64(shape, exact::Rational(178)));
}

TEST_CASE("A program that runs off its end says so, and a file that is none is refused") {
    const SubleqProgram off = parse_subleq(
        R"({"format":"attest/subleq","version":1,"scratch":2,"bits":4,"memory":[-1,3],"commands":[[0,1,0]]})");
    SubleqRun run(off);
    const SubleqStep step = run.step();
    CHECK(step.written == 4);
    CHECK_FALSE(step.jumps);
    CHECK(run.ran_off());
    const auto refused = [](const std::string& text, const std::string& says) {
        CHECK_THROWS_WITH(parse_subleq(text), Catch::Contains(says));
    };
    refused(R"({"format":"attest/subleq","version":1,"scratch":1,"bits":4,"memory":[0],"commands":[[0,0,0]]})",
            "scratch");
    refused(R"({"format":"attest/subleq","version":1,"scratch":2,"bits":4,"memory":[8],"commands":[[0,0,0]]})",
            "memory[0]");
    refused(R"({"format":"attest/subleq","version":1,"scratch":2,"bits":4,"memory":[7],"commands":[[0,1,0]]})",
            "commands[0][1]");
    refused(R"({"format":"attest/subleq","version":1,"scratch":2,"bits":4,"memory":[7],"commands":[]})",
            "at least one command");
}

TEST_CASE("A short text is a program, and what is written is read as the same") {
    const SubleqProgram p = parse_subleq_text("2,4:-1,0,3:2,1,0_1,0,1");
    CHECK(p.memory == std::vector<std::int64_t>{-1, 0, 3});
    CHECK(p.commands.size() == 2);
    CHECK(p.commands[0].a == 2);
    const SubleqProgram read = parse_subleq(write_subleq(p));
    CHECK(read.name == p.name);
    CHECK(read.memory == p.memory);
    CHECK(read.shape.columns() == 7);
    for (const std::string text : {"2,4:1", "2:1:0,0,0", "2,4:x:0,0,0", "2,4:1:0,0", "1,4:1:0,0,0"})
        CHECK_THROWS_AS(parse_subleq_text(text), base::InputError);
}

TEST_CASE("Words wrap around") {
    const SubleqProgram p = parse_subleq(
        R"({"format":"attest/subleq","version":1,"scratch":2,"bits":4,"memory":[1,-8,7],"commands":[[0,1,1],[1,2,0]]})");
    SubleqRun run(p);
    CHECK(run.step().written == 7);
    CHECK(run.step().written == 0);
    CHECK(run.command() == 0);
}

}  // namespace attest::machines::tests
