#include "measure/function/threshold_degree.hpp"

#include <catch2/catch.hpp>

#include "attest/measure/function/shape.hpp"
#include "functions.hpp"
#include "seed.hpp"

// Threshold degrees that are known, and both kinds of evidence checked here once more.

using namespace attest;
using namespace attest::tests;

namespace {

int character(Input s, Input x) {
    int product = 1;
    for (unsigned j = 0; j < 32; ++j)
        if ((s >> j & 1U) != 0 && (x >> j & 1U) != 0) product = -product;
    return product;
}

/// The threshold degree, with its evidence looked at by definition.
unsigned checked(const TruthTable& f) {
    const auto found = measure::threshold_degree(f, f.variables(), {1'000'000'000}, {});
    REQUIRE(!found.unfinished);
    REQUIRE(found.lower == found.upper);
    REQUIRE(found.polynomial);
    for (Input x = 0; x < f.size(); ++x) {
        mpz_class value = 0;
        for (const auto& [set, coefficient] : found.polynomial->terms) {
            REQUIRE(static_cast<unsigned>(std::popcount(set)) <= found.upper);
            value += coefficient * character(set, x);
        }
        REQUIRE((f[x] ? value < 0 : value > 0));
    }
    if (found.lower == 0) return 0;
    REQUIRE(found.obstacle);
    mpz_class whole = 0;
    for (const auto& [x, weight] : found.obstacle->entries) {
        REQUIRE(weight > 0);
        whole += weight;
    }
    REQUIRE(whole > 0);
    for (Input s = 0; s < f.size(); ++s) {
        if (static_cast<unsigned>(std::popcount(s)) >= found.lower) continue;
        mpz_class sum = 0;
        for (const auto& [x, weight] : found.obstacle->entries) sum += weight * character(s, x) * (f[x] ? -1 : 1);
        REQUIRE(sum == 0);
    }
    return found.lower;
}

}  // namespace

TEST_CASE("of the 256 functions of three variables 104 are threshold functions, and parity alone has degree 3",
          "[analysis]") {
    std::vector<unsigned> count(4, 0);
    for (unsigned code = 0; code < 256; ++code)
        ++count[checked(measure::tabulate(3, [&](Input x) { return (code >> x & 1U) != 0; }))];
    CHECK(count == std::vector<unsigned>{2, 102, 150, 2});
}

TEST_CASE("symmetric functions have as many sign changes as their threshold degree", "[analysis]") {
    for (unsigned n = 0; n <= 5; ++n)
        for (unsigned code = 0; code < 1U << (n + 1); ++code) {
            INFO("n " << n << ", values " << code);
            const TruthTable f = measure::tabulate(n, [&](Input x) { return (code >> std::popcount(x) & 1U) != 0; });
            REQUIRE(checked(f) == measure::shape(f).sign_changes());
        }
}

TEST_CASE("threshold degrees of known functions", "[analysis]") {
    CHECK(checked(measure::tabulate(6, [](Input x) { return std::popcount(x) % 2 == 1; })) == 6);
    // Palindromes: a sum of squares of differences is 0.
    CHECK(checked(measure::tabulate(8, [](Input x) {
              for (unsigned i = 1; i <= 4; ++i)
                  if (at(x, i, 8) != at(x, 9 - i, 8)) return false;
              return true;
          })) == 2);
    // Comparison of two numbers.
    CHECK(checked(measure::tabulate(8, [](Input x) { return (x >> 4) > (x & 15); })) == 1);
    // Minsky and Papert's box of width 2: an OR of two ANDs of four is no threshold function; one of two is.
    CHECK(checked(measure::tabulate(8, [](Input x) { return (x & 15) == 15 || (x >> 4) == 15; })) == 2);
}

TEST_CASE("random functions and their complements have the same threshold degree", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 25; ++round) {
        const TruthTable f = random_function(random, 1 + static_cast<unsigned>(random.below(5)));
        CHECK(checked(f) == checked(~f));
    }
}

TEST_CASE("with few steps the threshold degree lies between its bounds", "[analysis]") {
    base::Random random(3);
    const TruthTable f = random_function(random, 5);
    const unsigned exact = checked(f);
    for (const std::uint64_t steps : {0U, 100U, 5000U, 50000U}) {
        const auto found = measure::threshold_degree(f, 5, {steps}, {});
        CHECK(found.lower <= exact);
        CHECK(found.upper >= exact);
    }
}

TEST_CASE("false evidence about signs is refused", "[analysis]") {
    const TruthTable parity = measure::tabulate(2, [](Input x) { return std::popcount(x) % 2 == 1; });
    CHECK(measure::represents({{{3, 1}}}, parity));
    CHECK(!measure::represents({{{3, -1}}}, parity));
    CHECK(!measure::represents({{{1, 1}, {2, 1}}}, parity));  // 0 somewhere
    CHECK(measure::obstructs({{{0, 1}, {1, 1}, {2, 1}, {3, 1}}}, 1, parity));
    CHECK(!measure::obstructs({{{0, 1}, {1, 1}, {2, 1}, {3, 1}}}, 2, parity));
    CHECK(!measure::obstructs({{{0, 0}}}, 0, parity));
    CHECK(!measure::obstructs({{{0, 1}, {1, -1}, {2, 1}, {3, 1}}}, 0, parity));
}
