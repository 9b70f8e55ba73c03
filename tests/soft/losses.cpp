#include "losses.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/random.hpp"
#include "seed.hpp"
#include "soft/blowup.hpp"
#include "trials.hpp"

// Sums of cross-entropies in doubles, against balls.

namespace attest::soft {

namespace {

double between_0_and_1(base::Random& random) { return std::ldexp(static_cast<double>(random.below(1 << 30)), -30); }

/// Margins of every size, some known closely, some hardly, some of which may be 0 or a little less.
exact::Interval random_margin(base::Random& random) {
    const double middle =
        random.chance(1, 8) ? 0 : std::ldexp(between_0_and_1(random), static_cast<int>(random.below(40)) - 28);
    const double width = random.chance(1, 8) ? between_0_and_1(random) : std::ldexp(between_0_and_1(random), -40);
    return {middle - width / 2, middle + width / 2};
}

exact::Ball loss(double margin) { return cross_entropy(exact::Ball(exact::Rational(margin), 192), true); }

}  // namespace

TEST_CASE("losses: sums hold those of both ends of each margin, and are little wider") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    for (std::uint64_t trial = 0; trial < tests::trials(60); ++trial) {
        Losses losses;
        exact::Ball least, most;
        for (std::uint64_t k = random.below(700); k > 0; --k) {
            const exact::Interval margin = random_margin(random);
            losses.add(margin);
            least += loss(margin.hi);
            most += loss(margin.lo);
        }
        const exact::Ball sum = losses.sum();
        CHECK(sum.lower() <= least.lower());
        CHECK(sum.upper() >= most.upper());
        const exact::Rational allowed = (most.upper() - least.lower()) * 2 + most.upper() / (1L << 40);
        CHECK(sum.upper() - sum.lower() <= allowed);
    }
}

TEST_CASE("losses: few bits are lost where margins are known exactly") {
    for (const double margin : {0.0, 1e-9, 0.5, 3.0, 40.0, 600.0, 900.0}) {
        CAPTURE(margin);
        Losses losses;
        for (int k = 0; k < 1000; ++k) losses.add({margin, margin});
        const exact::Ball sum = losses.sum(), truth = loss(margin) * exact::Ball(1000);
        CHECK(sum.lower() <= truth.lower());
        CHECK(sum.upper() >= truth.upper());
        if (margin < 600) CHECK(sum.upper() - sum.lower() <= truth.upper() / (1L << 40));
    }
}

}  // namespace attest::soft
