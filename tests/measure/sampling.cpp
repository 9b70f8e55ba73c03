#include "attest/measure/function/sampling.hpp"

#include <catch2/catch.hpp>

#include "attest/circuit/builder.hpp"
#include "seed.hpp"

// Intervals from samples: the ends against exact sums of binomial probabilities, and coverage of known numbers.

using namespace attest;

namespace {

/// P(at least k of m) at p, exactly.
mpq_class tail(unsigned k, unsigned m, const mpq_class& p) {
    mpq_class sum = 0;
    for (unsigned j = k; j <= m; ++j) {
        mpz_class ways;
        mpz_bin_uiui(ways.get_mpz_t(), m, j);
        mpq_class term = ways;
        for (unsigned t = 0; t < m; ++t) term *= t < j ? p : 1 - p;
        sum += term;
    }
    return sum;
}

}  // namespace

TEST_CASE("ends are where the tail is just below half of alpha, by exact sums", "[analysis]") {
    const mpq_class alpha(1, 20), nudge(1, 1 << 20);
    for (const unsigned m : {1U, 2U, 7U, 30U})
        for (unsigned k = 0; k <= m; ++k) {
            INFO(k << " of " << m);
            const measure::Interval found = measure::clopper_pearson(k, m, alpha);
            if (k == 0) {
                CHECK(found.lower == 0);
            } else {
                CHECK(tail(k, m, found.lower) <= alpha / 2);
                CHECK(tail(k, m, found.lower + nudge) > alpha / 2);
            }
            const mpq_class failures = 1 - found.upper;
            if (k == m) {
                CHECK(found.upper == 1);
            } else {
                CHECK(tail(m - k, m, failures) <= alpha / 2);
                CHECK(tail(m - k, m, failures + nudge) > alpha / 2);
            }
        }
}

TEST_CASE("the textbook interval of 10 in 100 comes out", "[analysis]") {
    const measure::Interval found = measure::clopper_pearson(10, 100, mpq_class(1, 20));
    CHECK(found.lower.get_d() == Approx(0.04900469).epsilon(1e-5));
    CHECK(found.upper.get_d() == Approx(0.17622260).epsilon(1e-5));
}

TEST_CASE("samples enclose what is known, and are the same for the same seed", "[analysis]") {
    circuit::Builder b(1 << 20);
    std::vector<circuit::Literal> x;
    for (int k = 0; k < 5; ++k) x.push_back(b.add_input("x"));
    const circuit::Literal f = b.exclusive_or(x[0], b.conjunction({x[1], x[2]}));  // 1/2; influences 1, 1/2, 1/2, 0, 0
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    measure::SampleOptions options;
    options.trials = 1 << 14;
    options.seed = seed;
    options.alpha = mpq_class(1, 1'000'000'000);
    const auto s = std::get<measure::Samples>(measure::sample(b.circuit(), f, options, {}));
    const mpq_class expected[] = {1, mpq_class(1, 2), mpq_class(1, 2), 0, 0};
    const auto inside = [](const measure::Interval& i, const mpq_class& value) {
        return i.lower <= value && value <= i.upper;
    };
    CHECK(inside(s.accepted, mpq_class(1, 2)));
    CHECK(inside(s.average_influence, mpq_class(2, 5)));
    for (std::size_t i = 0; i < 5; ++i) CHECK(inside(s.influences[i], expected[i]));
    CHECK(s.influences[1].upper - s.influences[1].lower < mpq_class(1, 10));
    const auto again = std::get<measure::Samples>(measure::sample(b.circuit(), f, options, {}));
    CHECK(again.accepted.lower == s.accepted.lower);
    CHECK(again.influences[2].upper == s.influences[2].upper);
}
