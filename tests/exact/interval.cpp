#include "attest/exact/interval.hpp"

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "seed.hpp"

// Intervals of doubles against exact rationals: points of the operands are carried through the exact operation.

namespace attest::exact {

namespace {

double random_double(base::Random& random) {
    switch (random.below(8)) {
        case 0: return 0;
        case 1: return random.chance(1, 2) ? 1 : -1;
        default: break;
    }
    const double unit = static_cast<double>(random.below(std::uint64_t{1} << 53)) * 0x1p-53;
    return std::ldexp(random.chance(1, 2) ? unit : -unit, static_cast<int>(random.below(60)) - 30);
}

Interval random_interval(base::Random& random) {
    const double a = random_double(random), b = random.chance(1, 3) ? a : random_double(random);
    return {std::min(a, b), std::max(a, b)};
}

bool holds(Interval x, const Rational& value) {
    const bool low = x.lo == -infinity || Rational(x.lo) <= value;
    return low && (x.hi == infinity || Rational(x.hi) >= value);
}

}  // namespace

TEST_CASE("intervals hold the results of sums, products and quotients", "[exact]") {
    const std::uint64_t seed = tests::seed();
    base::Random random(seed + 40);
    INFO("seed " << seed);
    for (int k = 0; k < 20000; ++k) {
        const Interval a = random_interval(random), b = random_interval(random);
        for (const double x : {a.lo, a.hi})
            for (const double y : {b.lo, b.hi}) {
                const Rational p(x), q(y);
                CHECK(holds(a + b, p + q));
                CHECK(holds(a - b, p - q));
                CHECK(holds(a * b, p * q));
                CHECK(holds(square(a), p * p));
                CHECK(holds(rectify(a), p > 0 ? p : Rational(0)));
                if (q != 0) CHECK(holds(a / b, p / q));
                if (p > 0) CHECK(square(sqrt(Interval{x, x})).contains(x));
            }
    }
}

TEST_CASE("exponentials of intervals hold those of balls", "[exact]") {
    const std::uint64_t seed = tests::seed();
    base::Random random(seed + 41);
    INFO("seed " << seed);
    for (int k = 0; k < 5000; ++k) {
        const double x = std::ldexp(random_double(random), -static_cast<int>(random.below(40)));
        if (std::abs(x) > 300) continue;
        // So many bits that e^-300 - 1 is not -1, below which no end of an interval is.
        const Ball power = exp(Ball(Rational(x), 1024));
        const Interval e = exp(Interval{x, x}), e1 = expm1(Interval{x, x});
        CHECK(holds(e, power.lower()));
        CHECK(holds(e, power.upper()));
        CHECK(holds(e1, (power - Ball(1)).lower()));
        CHECK(holds(e1, (power - Ball(1)).upper()));
        CHECK(e1.width() <= 0.02 * std::abs(x * x * x) + 1e-14 * e1.magnitude());
    }
    CHECK(exp(Interval{-infinity, 0}).lo == 0);
    CHECK(exp(Interval{0, 1e9}).hi == infinity);
}

TEST_CASE("results without value are everything, and 0 times anything is 0", "[exact]") {
    CHECK((Interval{1, 1} / Interval{-1, 1}) == everything);
    CHECK((Interval{0, 0} * everything).is_zero());
    CHECK((everything + everything) == everything);
    CHECK((everything - everything) == everything);
    CHECK_THROWS_AS(intersect(Interval{0, 1}, Interval{2, 3}), base::InternalError);
}

TEST_CASE("a long sum of intervals holds the exact sum", "[exact]") {
    base::Random random(tests::seed() + 42);
    for (int round = 0; round < 50; ++round) {
        IntervalSum sum;
        Rational low = 0, high = 0;
        for (int k = 0; k < 200; ++k) {
            const Interval x = random_interval(random);
            const auto times = static_cast<double>(1 + random.below(1000));
            sum.add(x, times);
            low += Rational(x.lo) * Rational(times);
            high += Rational(x.hi) * Rational(times);
        }
        CHECK(holds(sum.total(), low));
        CHECK(holds(sum.total(), high));
        CHECK(sum.total().lo <= sum.total().hi);
    }
}

}  // namespace attest::exact
