// What kind of transition it is, against published figures.

#include <catch2/catch.hpp>
#include <cmath>

#include "studies/transition.hpp"

using namespace attest;
using exact::Rational;

TEST_CASE("The giant component and its limit come out") {
    const std::pair<Rational, double> known[] = {{Rational(11, 10), .1761},
                                                 {Rational(6, 5), .3137},
                                                 {Rational(3, 2), .5828},
                                                 {2, .7968},
                                                 {3, .9405},
                                                 {4, .9802},
                                                 {5, .9930}};
    for (const auto& [degree, rho] : known) CHECK(studies::giant(degree).middle() == Approx(rho).margin(6e-5));
    CHECK(studies::giant(1).is_zero());
    CHECK(studies::giant(Rational(1, 2)).is_zero());
    const exact::Ball rho = studies::giant(3);
    CHECK((rho * rho).middle() == Approx(.884502).margin(6e-7));
    const Rational wide = rho.upper() - rho.lower();
    CHECK(wide < Rational(1, 1000000000));
}

TEST_CASE("The width of the rise stays, and the critical value grows by two thirds") {
    const std::pair<std::size_t, double> widths[] = {{10, .6576}, {30, .5552}, {100, .4746}, {300, .4446}};
    for (const auto& [nodes, width] : widths) {
        INFO(nodes << " vertices");
        const auto found = studies::transition({nodes, 3, 0}, {});
        REQUIRE(found);
        CHECK(found->threshold == Rational(1, 3));
        CHECK(found->sizes.back().nodes == nodes);
        CHECK(found->sizes.back().rise.width().middle() == Approx(width).margin(6e-5));
        REQUIRE(found->limit);
        CHECK(found->limit->width().middle() == Approx(.4366).margin(6e-5));
    }
    const auto hundred = studies::transition({100, 3, Rational(1, 2)}, {});
    REQUIRE(hundred);
    CHECK(hundred->sizes.back().critical.middle() == Approx(1.390).margin(6e-4));
    CHECK(hundred->emit_threshold == Rational(1, 6));
    const auto below = studies::transition({50, Rational(4, 5), 0}, {});
    REQUIRE(below);
    CHECK(!below->limit);
}

TEST_CASE("An exact match gets the steeper the more steps it has") {
    const std::tuple<std::size_t, double, double, double> known[] = {
        {4, .562, .841, .974}, {16, .866, .958, .993}, {64, .965, .989, .998}};
    for (const auto& [steps, tenth, half, nine_tenths] : known) {
        const studies::Rise rise = studies::exact_match(steps);
        CHECK(rise.at[0].middle() == Approx(tenth).margin(6e-4));
        CHECK(rise.at[1].middle() == Approx(half).margin(6e-4));
        CHECK(rise.at[2].middle() == Approx(nine_tenths).margin(6e-4));
    }
}
