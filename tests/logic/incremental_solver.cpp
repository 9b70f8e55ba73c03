#include "logic/incremental_solver.hpp"

#include <catch2/catch.hpp>

#include "formulas.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::logic;
using namespace attest::logic::test;

TEST_CASE("many small questions agree with brute force, and what failed contradicts the clauses", "[solve]") {
    base::Random random(tests::seed() + 41);
    INFO("seed " << tests::seed() + 41);
    for (int round = 0; round < 10; ++round) {
        IncrementalSolver solver;
        Cnf formula;
        formula.variables = 12;
        for (int step = 0; step < 12; ++step) {
            const Cnf more = random_3sat(12, 4, random);
            solver.add(more);
            for (std::size_t c = 0; c < more.size(); ++c) formula.add(more.clause(c));
            Cnf assumed = formula, core = formula;
            std::vector<std::int32_t> assumptions;
            for (std::int32_t v = 1; v <= 5; ++v) {
                assumptions.push_back(random.chance(1, 2) ? v : -v);
                assumed.add({assumptions.back()});
            }
            const Answer answer = solver.solve(assumptions, {});
            REQUIRE((answer == Answer::satisfiable) == satisfiable_by_brute_force(assumed));
            if (answer == Answer::satisfiable) {
                for (std::size_t c = 0; c < assumed.size(); ++c) {
                    const auto clause = assumed.clause(c);
                    CHECK(std::any_of(clause.begin(), clause.end(), [&](std::int32_t l) { return solver.holds(l); }));
                }
                continue;
            }
            for (const std::int32_t literal : assumptions)
                if (solver.failed(literal)) core.add({literal});
            CHECK_FALSE(satisfiable_by_brute_force(core));
        }
    }
    std::atomic<bool> stop{true};
    base::Limits limits;
    limits.interrupted = &stop;
    IncrementalSolver solver;
    CHECK(solver.solve({}, limits) == Answer::unknown);
    CHECK(solver.solve({}, {}) == Answer::satisfiable);
}
