#include "logic/cardinality.hpp"

#include <bit>
#include <catch2/catch.hpp>

#include "circuit/simulate.hpp"

using namespace attest;

namespace {

/// Literals 1, −2, 3, −4, …: both signs.
std::vector<std::int32_t> alternating(std::int32_t count) {
    std::vector<std::int32_t> literals;
    for (std::int32_t v = 1; v <= count; ++v) literals.push_back(v % 2 == 1 ? v : -v);
    return literals;
}

bool holds(std::int32_t literal, unsigned assignment) {
    return (assignment >> (std::abs(literal) - 1) & 1) == (literal > 0);
}

unsigned true_ones(const std::vector<std::int32_t>& literals, unsigned assignment) {
    unsigned count = 0;
    for (const std::int32_t l : literals) count += holds(l, assignment);
    return count;
}

}  // namespace

TEST_CASE("A counter from below allows a bound iff no more literals hold, on all assignments") {
    for (std::int32_t n = 0; n <= 6; ++n)
        for (std::size_t most = 0; most <= static_cast<std::size_t>(n) + 1; ++most) {
            const std::vector<std::int32_t> literals = alternating(n);
            const auto solver = logic::make_solver(logic::BackEnd::cadical);
            std::int32_t last = n;
            const std::vector<std::int32_t> sums = logic::count_from_below(*solver, literals, most, last);
            REQUIRE(sums.size() == std::min(most, literals.size()));
            solver->reserve(last);
            for (unsigned assignment = 0; assignment < 1u << n; ++assignment)
                for (std::size_t k = 0; k < sums.size(); ++k) {
                    std::vector<std::int32_t> assumed{-sums[k]};
                    for (std::int32_t v = 1; v <= n; ++v) assumed.push_back(holds(v, assignment) ? v : -v);
                    const bool allowed = solver->solve(assumed, {}) == logic::Answer::satisfiable;
                    REQUIRE(allowed == (true_ones(literals, assignment) <= k));
                }
        }
}

TEST_CASE("Gates that count are right on all assignments") {
    for (std::int32_t n = 0; n <= 9; ++n) {
        circuit::Builder builder(std::size_t{1} << 30);
        std::vector<circuit::Literal> literals;
        for (std::int32_t v = 1; v <= n; ++v)
            literals.push_back(builder.add_input("x" + std::to_string(v)) ^ (v % 2 == 0));
        const std::vector<circuit::Literal> sums = logic::at_least(builder, literals);
        REQUIRE(sums.size() == literals.size());
        for (unsigned assignment = 0; assignment < 1u << n; ++assignment) {
            std::vector<bool> inputs;
            for (std::int32_t v = 1; v <= n; ++v) inputs.push_back(holds(v, assignment));
            const unsigned count = true_ones(alternating(n), assignment);
            for (std::size_t k = 1; k <= sums.size(); ++k)
                REQUIRE(circuit::evaluate(builder.circuit(), sums[k - 1], inputs) == (count >= k));
        }
    }
}
