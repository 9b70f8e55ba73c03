#include "base/random.hpp"

#include <catch2/catch.hpp>
#include <set>

using attest::base::Random;

TEST_CASE("a seed gives the same numbers on every machine", "[random]") {
    Random random(5489);
    for (int k = 0; k < 9999; ++k) (void)random.bits();
    CHECK(random.bits() == 9981545732273789042ULL);  // the 10000th of mt19937_64, from the C++ standard
}

TEST_CASE("numbers below a bound are below it, and all of them come", "[random]") {
    Random random(1);
    std::set<std::uint64_t> seen;
    for (int k = 0; k < 1000; ++k) seen.insert(random.below(7));
    CHECK(seen.size() == 7);
    CHECK(*seen.rbegin() == 6);
    CHECK(random.below(1) == 0);
    CHECK_FALSE(random.chance(0, 5));
    CHECK(random.chance(5, 5));
}
