#include "attest/logic/sat_solver.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "attest/base/error.hpp"
#include "formulas.hpp"

using namespace attest;
using namespace attest::logic;
using namespace attest::logic::test;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

Answer solve_formula(BackEnd back_end, const Cnf& formula) {
    const auto solver = make_solver(back_end);
    add_formula(*solver, formula);
    return solver->solve({}, {});
}

std::uint64_t model_of(const SatSolver& solver, std::int32_t variables) {
    std::uint64_t model = 0;
    for (std::int32_t v = 1; v <= variables; ++v) model |= std::uint64_t{solver.value(v)} << (v - 1);
    return model;
}

/// The parity of literals as clauses.
void add_parity_clauses(Cnf& formula, const std::vector<std::int32_t>& literals) {
    for (std::uint32_t row = 0; row < 1U << literals.size(); ++row) {
        if (__builtin_popcount(row) % 2 == 1) continue;
        std::vector<std::int32_t> clause;
        for (std::size_t i = 0; i < literals.size(); ++i) clause.push_back((row >> i & 1) ? -literals[i] : literals[i]);
        formula.add(clause);
    }
}

const auto all_back_ends = {BackEnd::cadical, BackEnd::cryptominisat, BackEnd::z3};

}  // namespace

TEST_CASE("DIMACS is canonical", "[solve]") {
    Cnf formula;
    formula.variables = 3;
    CHECK(to_dimacs(formula) == "p cnf 3 0\n");
    formula.add({1, -2});
    formula.add({});
    formula.add({-3});
    CHECK(to_dimacs(formula) == "p cnf 3 3\n1 -2 0\n0\n-3 0\n");
}

TEST_CASE("back ends have names", "[solve]") {
    for (const std::string& name : back_end_names())
        CHECK(make_solver(parse_back_end(name))->name().substr(0, name.size() + 1) == name + " ");
    CHECK_THROWS_AS(parse_back_end("minisat"), base::UsageError);
    CHECK_THROWS_WITH(parse_back_end("minisat"), Catch::Contains("cadical, cryptominisat, z3"));
}

TEST_CASE("known formulas", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    const auto answer = [&](std::initializer_list<std::vector<std::int32_t>> clauses) {
        Cnf formula;
        formula.variables = 3;
        for (const auto& clause : clauses) formula.add(clause);
        return solve_formula(back_end, formula);
    };
    CHECK(answer({}) == Answer::satisfiable);
    CHECK(answer({{}}) == Answer::unsatisfiable);
    CHECK(answer({{1}, {}}) == Answer::unsatisfiable);
    CHECK(answer({{1}, {-1}}) == Answer::unsatisfiable);
    CHECK(answer({{1}, {-1, 2}, {-2, 3}}) == Answer::satisfiable);
    CHECK(answer({{1, 1, 1}, {2, -2}, {-1, -1}}) == Answer::unsatisfiable);
    CHECK(answer({{2, -2}}) == Answer::satisfiable);
    CHECK(answer({{1, 2}, {1, -2}, {-1, 3}, {-1, -3}}) == Answer::unsatisfiable);
    CHECK(solve_formula(back_end, pigeon_hole(6)) == Answer::unsatisfiable);
    base::Random random(1);
    CHECK(solve_formula(back_end, parity_pair(16, random)) == Answer::unsatisfiable);
}

TEST_CASE("random 3-SAT against brute force, with models that hold", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    const std::uint64_t seed = 17;
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 60; ++round) {
        const auto variables = static_cast<std::int32_t>(4 + random.below(10));
        const Cnf formula = random_3sat(variables, static_cast<std::size_t>(variables) * 9 / 2, random);
        const auto solver = make_solver(back_end, {.seed = static_cast<std::uint64_t>(round)});
        add_formula(*solver, formula);
        const Answer answer = solver->solve({}, {});
        REQUIRE(answer != Answer::unknown);
        REQUIRE((answer == Answer::satisfiable) == satisfiable_by_brute_force(formula));
        if (answer == Answer::satisfiable) CHECK(satisfied(formula, model_of(*solver, variables)));
    }
}

TEST_CASE("assumptions hold for one call; clauses may follow", "[solve]") {
    const auto solver = make_solver(GENERATE(values(all_back_ends)));
    REQUIRE(solver->capabilities().assumptions);
    const auto solve = [&](std::vector<std::int32_t> assumptions) { return solver->solve(assumptions, {}); };
    solver->add_clause(std::vector<std::int32_t>{1, 2});
    solver->add_clause(std::vector<std::int32_t>{-1, 3});
    CHECK(solve({-3, -2}) == Answer::unsatisfiable);
    CHECK(solve({-3}) == Answer::satisfiable);
    CHECK(solver->value(2));
    CHECK_FALSE(solver->value(1));
    CHECK(solve({7, -9}) == Answer::satisfiable);  // variables may be new
    CHECK(solver->value(7));
    CHECK_FALSE(solver->value(9));
    CHECK(solve({4, -4}) == Answer::unsatisfiable);
    CHECK(solve({}) == Answer::satisfiable);
    solver->add_clause(std::vector<std::int32_t>{-2});
    CHECK(solve({-3}) == Answer::unsatisfiable);
    CHECK(solve({}) == Answer::satisfiable);
    CHECK(solver->value(3));
    solver->add_clause(std::vector<std::int32_t>{-3});
    CHECK(solve({}) == Answer::unsatisfiable);
    solver->add_clause(std::vector<std::int32_t>{5});
    CHECK(solve({}) == Answer::unsatisfiable);
}

TEST_CASE("many rounds of clauses and assumptions agree with brute force", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    const std::uint64_t seed = 23;
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 10; ++round) {
        const auto solver = make_solver(back_end);
        Cnf formula;
        formula.variables = 12;
        for (int step = 0; step < 12; ++step) {
            const Cnf more = random_3sat(12, 4, random);
            add_formula(*solver, more);
            for (std::size_t c = 0; c < more.size(); ++c) formula.add(more.clause(c));
            Cnf assumed = formula;
            std::vector<std::int32_t> assumptions;
            for (std::int32_t v = 1; v <= 3; ++v) {
                assumptions.push_back(random.chance(1, 2) ? v : -v);
                assumed.add({assumptions.back()});
            }
            const Answer answer = solver->solve(assumptions, {});
            REQUIRE((answer == Answer::satisfiable) == satisfiable_by_brute_force(assumed));
            if (answer == Answer::satisfiable) REQUIRE(satisfied(assumed, model_of(*solver, 12)));
        }
    }
}

TEST_CASE("parity constraints mean what their clauses mean", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    const std::uint64_t seed = 31;
    INFO("seed " << seed);
    base::Random random(seed);
    if (!make_solver(back_end)->capabilities().parity) {
        CHECK_THROWS_AS(make_solver(back_end)->add_parity(std::vector<std::int32_t>{1, 2}), base::UsageError);
        return;
    }
    for (int round = 0; round < 40; ++round) {
        const auto variables = static_cast<std::int32_t>(3 + random.below(8));
        const auto solver = make_solver(back_end);
        Cnf formula = random_3sat(variables, static_cast<std::size_t>(variables), random);
        add_formula(*solver, formula);
        for (int p = 0; p < variables - 1; ++p) {
            std::vector<std::int32_t> literals;  // repeats and complements included
            const std::uint64_t size = random.below(5);
            for (std::uint64_t i = 0; i < size; ++i)
                literals.push_back(static_cast<std::int32_t>(1 + random.below(static_cast<std::uint64_t>(variables))) *
                                   (random.chance(1, 2) ? 1 : -1));
            if (size == 0 && !random.chance(1, 20)) continue;
            solver->add_parity(literals);
            add_parity_clauses(formula, literals);
        }
        const Answer answer = solver->solve({}, {});
        REQUIRE((answer == Answer::satisfiable) == satisfiable_by_brute_force(formula));
        if (answer == Answer::satisfiable) CHECK(satisfied(formula, model_of(*solver, variables)));
    }
}

TEST_CASE("long parity constraints", "[solve]") {
    const auto back_end = GENERATE(BackEnd::cryptominisat, BackEnd::z3);
    const auto solver = make_solver(back_end);
    std::vector<std::int32_t> literals;
    for (std::int32_t v = 1; v <= 300; ++v) literals.push_back(v);
    solver->add_parity(literals);
    REQUIRE(solver->solve({}, {}) == Answer::satisfiable);
    bool sum = false;
    for (const std::int32_t v : literals) sum ^= solver->value(v);
    CHECK(sum);
}

TEST_CASE("limits are kept", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    const auto solver = make_solver(back_end);
    REQUIRE(solver->capabilities().interrupt);
    add_formula(*solver, pigeon_hole(13));
    base::Limits limits;
    const auto start = Clock::now();
    SECTION("a deadline") {
        limits.deadline = start + std::chrono::milliseconds(200);
        CHECK(solver->solve({}, limits) == Answer::unknown);
        CHECK(seconds_since(start) >= 0.2);
        CHECK(seconds_since(start) < 1.0);  // 0.3 on a machine that is not loaded
    }
    SECTION("a deadline that has passed") {
        limits.deadline = start;
        CHECK(solver->solve({}, limits) == Answer::unknown);
        CHECK_THROWS_AS(solver->value(1), base::UsageError);
    }
    SECTION("an interrupt from another thread") {
        std::atomic<bool> interrupted{false};
        limits.interrupted = &interrupted;
        std::thread thread([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            interrupted = true;
        });
        CHECK(solver->solve({}, limits) == Answer::unknown);
        thread.join();
        CHECK(seconds_since(start) < 1.0);
    }
    SECTION("a bound on conflicts, for one call") {
        solver->limit_conflicts(100);
        CHECK(solver->solve({}, {}) == Answer::unknown);
        CHECK(seconds_since(start) < 5.0);
        const auto small = make_solver(back_end);
        add_formula(*small, pigeon_hole(6));
        small->limit_conflicts(0);
        CHECK(small->solve({}, {}) == Answer::unknown);
        CHECK(small->solve({}, {}) == Answer::unsatisfiable);
    }
    SECTION("after a stop the solver is still good") {
        const auto small = make_solver(back_end);
        add_formula(*small, pigeon_hole(8));
        limits.deadline = Clock::now() + std::chrono::milliseconds(1);
        small->solve({}, limits);
        CHECK(small->solve({}, {}) == Answer::unsatisfiable);
    }
    SECTION("after many stops too") {
        const auto small = make_solver(back_end);
        add_formula(*small, pigeon_hole(7));
        for (int round = 0; round < 40; ++round) {
            limits.deadline = Clock::now() + std::chrono::microseconds(50 + 20 * round);
            small->solve({}, limits);
        }
        CHECK(small->solve({}, {}) == Answer::unsatisfiable);
    }
}

TEST_CASE("misuse throws before the back end sees it", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    const auto solver = make_solver(back_end);
    const auto clause = [&](std::vector<std::int32_t> literals) { solver->add_clause(literals); };
    CHECK_THROWS_AS(clause({1, 0, 2}), base::UsageError);
    CHECK_THROWS_AS(clause({INT32_MIN}), base::UsageError);
    CHECK_THROWS_AS(clause({INT32_MAX}), base::UsageError);
    CHECK_THROWS_AS(solver->reserve(-1), base::UsageError);
    CHECK_THROWS_AS(solver->reserve(INT32_MAX), base::UsageError);
    CHECK_THROWS_AS(solver->value(1), base::UsageError);
    CHECK_THROWS_AS(solver->limit_conflicts(-5), base::UsageError);
    CHECK_THROWS_AS(solver->close_proof(), base::UsageError);
    CHECK_THROWS_AS(solver->solve(std::vector<std::int32_t>{0}, {}), base::UsageError);
    solver->reserve(4);
    clause({1, 2});
    CHECK(solver->solve({}, {}) == Answer::satisfiable);
    CHECK_NOTHROW(solver->value(4));
    CHECK_THROWS_AS(solver->value(5), base::UsageError);
    CHECK_THROWS_AS(solver->value(0), base::UsageError);
    clause({-1});
    CHECK_THROWS_AS(solver->value(1), base::UsageError);  // the model is of older clauses
    CHECK_THROWS_AS(solver->keep_proof("/dev/null"), base::UsageError);
    CHECK(solver->solve({}, {}) == Answer::satisfiable);
    clause({});
    CHECK(solver->solve({}, {}) == Answer::unsatisfiable);
    CHECK_THROWS_AS(solver->value(1), base::UsageError);
}

TEST_CASE("proofs are for those who can", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    const auto solver = make_solver(back_end);
    if (!solver->capabilities().proof) {
        CHECK_THROWS_AS(solver->keep_proof("/dev/null"), base::UsageError);
        return;
    }
    SECTION("in the right order") {
        solver->reserve(2);
        solver->keep_proof("/dev/null");
        CHECK_THROWS_AS(solver->keep_proof("/dev/null"), base::UsageError);
        solver->add_clause(std::vector<std::int32_t>{1});
        CHECK_THROWS_AS(solver->solve(std::vector<std::int32_t>{1}, {}), base::UsageError);
        CHECK(solver->solve({}, {}) == Answer::satisfiable);
        CHECK_THROWS_AS(solver->add_clause(std::vector<std::int32_t>{2}), base::UsageError);
        CHECK_NOTHROW(solver->close_proof());
        CHECK_THROWS_AS(solver->close_proof(), base::UsageError);
        CHECK_THROWS_AS(solver->solve({}, {}), base::UsageError);
    }
    SECTION("a full disk is noticed") {
        solver->keep_proof("/dev/full");
        const auto pigeons = GENERATE(3, 8);  // less and more than a buffer
        add_formula(*solver, pigeon_hole(pigeons));
        CHECK(solver->solve({}, {}) == Answer::unsatisfiable);
        CHECK_THROWS_AS(solver->close_proof(), base::InputError);
    }
    SECTION("a place that cannot be written is noticed at once") {
        CHECK_THROWS_AS(solver->keep_proof("/no/such/place"), base::InputError);
    }
    SECTION("a proof that nobody closes does no harm") {
        solver->keep_proof("/dev/null");
        add_formula(*solver, pigeon_hole(4));
    }
}

TEST_CASE("the same seed gives the same model", "[solve]") {
    const auto back_end = GENERATE(values(all_back_ends));
    base::Random random(3);
    const Cnf formula = random_3sat(60, 200, random);
    const auto run = [&] {
        const auto solver = make_solver(back_end, {.seed = 42});
        add_formula(*solver, formula);
        REQUIRE(solver->solve({}, {}) == Answer::satisfiable);
        return model_of(*solver, 60);
    };
    CHECK(run() == run());
}
