#include "attest/measure/function/measure.hpp"

#include <catch2/catch.hpp>

#include "../circuit/random_circuit.hpp"
#include "attest/base/error.hpp"
#include "attest/measure/function/sensitivity.hpp"
#include "checker/checker.hpp"
#include "measure/function/bounds.hpp"
#include "seed.hpp"

// All measures of one function: with a truth table and without, and the inequalities between them.

using namespace attest;
using verdict::Measurement;

namespace {

std::string accepted_by_checker(const logic::Cnf& formula, const std::string& lrat) {
    std::vector<std::int32_t> clauses;
    for (std::size_t c = 0; c < formula.size(); ++c) {
        const auto clause = formula.clause(c);
        clauses.insert(clauses.end(), clause.begin(), clause.end());
        clauses.push_back(0);
    }
    return checker::check_refutation(formula.variables, clauses, lrat);
}

measure::Function random_function(base::Random& random, std::size_t most) {
    const std::size_t n = 1 + random.below(most);
    const auto r = tests::random_circuit(random, n, random.below(60));
    measure::Function f;
    f.variables = static_cast<unsigned>(n);
    f.circuit = r.builder.circuit();
    f.root = r.literals.back() ^ random.chance(1, 2);
    return f;
}

void check_encloses(const Measurement& wide, const Measurement& exact) {
    REQUIRE(exact.is_exact());
    CHECK(wide.lower() <= exact.lower());
    CHECK(exact.lower() <= wide.upper());
}

void check_encloses(const measure::Witnessed& wide, const measure::Witnessed& exact) {
    check_encloses(wide.number, exact.number);
}

}  // namespace

TEST_CASE("measures without a truth table enclose those with one, and hold the inequalities", "[query]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 60; ++round) {
        INFO("round " << round);
        const measure::Function f = random_function(random, 7);
        measure::MeasureOptions options;
        const measure::Measures exact = measure::measure(f, options, {});
        options.most_table_variables = 0;
        options.check = accepted_by_checker;
        const measure::Measures other = measure::measure(f, options, {});
        CHECK(!other.table);
        CHECK(other.sensitivity.number.is_exact());
        CHECK(other.average_sensitivity.is_exact());
        CHECK(other.degree.is_exact());
        check_encloses(other.sensitivity, exact.sensitivity);
        check_encloses(other.block_sensitivity, exact.block_sensitivity);
        check_encloses(other.certificate_complexity, exact.certificate_complexity);
        check_encloses(other.certificate_minimum, exact.certificate_minimum);
        check_encloses(other.average_sensitivity, exact.average_sensitivity);
        check_encloses(other.decision_tree_depth, exact.decision_tree_depth);
        check_encloses(other.degree, exact.degree);
        check_encloses(other.accepted_words, exact.accepted_words);
        for (std::size_t i = 0; i < f.variables; ++i) check_encloses(other.influences[i], exact.influences[i]);
        CHECK(other.level_weights == exact.level_weights);
        check_encloses(other.threshold_degree, exact.threshold_degree);
        for (const measure::Measures* m : {&exact, &other})
            for (const measure::Bound& b : measure::bounds(*m, {})) CHECK(!b.statement.empty());
    }
}

TEST_CASE("samples stand in for a diagram that is too large, and say so", "[query]") {
    circuit::Builder b(1 << 24);
    std::vector<circuit::Literal> x;
    for (int k = 0; k < 48; ++k) x.push_back(b.add_input("x"));
    circuit::Literal sum = circuit::bottom;
    base::Random random(7);  // a bilinear form of nearly full rank has no small diagram in any order
    for (std::size_t i = 0; i < 24; ++i)
        for (std::size_t j = 24; j < 48; ++j)
            if (random.chance(1, 2)) sum = b.exclusive_or(sum, b.conjunction({x[i], x[j]}));
    measure::Function f;
    f.variables = 48;
    f.circuit = b.circuit();
    f.root = sum;
    measure::MeasureOptions options;
    options.most_diagram_nodes = 1 << 13;
    options.most_conflicts = 50;
    options.trials = 1 << 12;
    const measure::Measures m = measure::measure(f, options, {});
    CHECK(m.average_sensitivity.guarantee() == verdict::Guarantee::interval);
    CHECK(m.average_sensitivity.confidence == exact::Rational(99, 100));
    CHECK(m.average_sensitivity.lower() < m.average_sensitivity.upper());
    CHECK(m.sensitivity.number.lower() >= 1);
    CHECK(m.sensitivity.input);
}

TEST_CASE("the solver finds the sensitivity that the truth table has, by value", "[query]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 40; ++round) {
        INFO("round " << round);
        const measure::Function f = random_function(random, 7);
        const auto table = std::get<measure::TruthTable>(measure::tabulate(*f.circuit, f.root, 1, {}));
        const auto expected = measure::sensitivity(table);
        for (const bool value : {false, true}) {
            measure::SensitiveOptions options;
            options.check = accepted_by_checker;
            const measure::MostSensitive found = measure::most_sensitive(*f.circuit, f.root, value, options, {});
            const auto& most = expected.most[value ? 1 : 0];
            CHECK(found.never == !most.has_value());
            CHECK(found.reason.empty());
            if (!most) continue;
            CHECK(found.lower == most->value);
            CHECK(found.upper == most->value);
            options.check = [](const logic::Cnf&, const std::string&) { return std::string("refused"); };
            const measure::MostSensitive unchecked = measure::most_sensitive(*f.circuit, f.root, value, options, {});
            CHECK(unchecked.lower == most->value);
            CHECK(unchecked.upper >= most->value);
        }
    }
}

TEST_CASE("an inequality that does not hold is an internal error", "[query]") {
    measure::Function f;
    f.variables = 2;
    f.table = measure::TruthTable(2);
    f.table->set(3, true);
    measure::Measures m = measure::measure(f, {}, {});
    REQUIRE_NOTHROW(measure::bounds(m, {}));
    m.sensitivity.number = Measurement::exactly(1);
    m.average_sensitivity = Measurement::exactly(exact::Rational(3, 2));
    CHECK_THROWS_AS(measure::bounds(m, {}), base::InternalError);
    m.sensitivity.number = Measurement::exactly(2);
    m.average_sensitivity = Measurement::between(exact::Rational(5, 2), 3);
    CHECK_THROWS_AS(measure::bounds(m, {}), base::InternalError);
    m.average_sensitivity.confidence = exact::Rational(99, 100);  // a sample proves nothing
    CHECK_NOTHROW(measure::bounds(m, {}));
}
