#include <catch2/catch.hpp>
#include <random>

#include "checker/core/interval.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/expression.hpp"
#include "seed.hpp"

using namespace attest::checker;

namespace {

bool holds(const Interval& x, const Rational& number) {
    return x.is_finite() && x.low() <= number && number <= x.high();
}

/// Whether two enclosures can be of one number.
bool meet(const Interval& a, const Interval& b) { return a.low() <= b.high() && b.low() <= a.high(); }

Interval value(const std::string& text, mpfr_prec_t bits = 100) {
    Bindings at;
    at.i = 3;
    at.n = 7;
    Budget budget(1'000'000'000, 1'000'000'000);
    return Expression(text, {"i", "n"}, budget).enclose(at, bits, budget);
}

}  // namespace

TEST_CASE("Interval operations hold the results of rationals", "[checker]") {
    std::mt19937_64 random(attest::tests::seed());
    const auto number = [&] {
        Rational r(static_cast<long>(random() % 2001) - 1000, 1 + static_cast<long>(random() % 200));
        r.canonicalize();
        return r;
    };
    for (int k = 0; k < 2000; ++k) {
        const Rational a = number(), b = number(), c = number(), d = number();
        const Interval x = Interval(a, 64) + Interval(b, 64) * Interval(c, 64);
        CHECK(holds(x, a + b * c));
        CHECK(holds(-x, -(a + b * c)));
        CHECK(holds(x - Interval(d, 64), a + b * c - d));
        if (d != 0) CHECK(holds(x / Interval(d, 64), (a + b * c) / d));
        CHECK(holds(max(x, Interval(d, 64)), std::max<Rational>(a + b * c, d)));
        CHECK(holds(min(x, Interval(d, 64)), std::min<Rational>(a + b * c, d)));
        // A wide interval holds what comes of its numbers.
        const Interval wide = max(min(Interval(a, 64), Interval(b, 64)), Interval(c, 64) * Interval(d, 64));
        CHECK(holds(wide * wide, wide.low() * wide.high()));
        CHECK(meet(exp(Interval(a / 100, 64)), exp(Interval(a / 100, 300))));
        CHECK(meet(sin(Interval(a, 64)), sin(Interval(a, 300))));
        CHECK(meet(cos(Interval(a, 64)), cos(Interval(a, 300))));
        const auto [cosine, sine] = cos_and_sin(Interval(a, 64));
        CHECK((cosine.low() == cos(Interval(a, 64)).low() && cosine.high() == cos(Interval(a, 64)).high()));
        CHECK((sine.low() == sin(Interval(a, 64)).low() && sine.high() == sin(Interval(a, 64)).high()));
        const Interval whole(Rational(k), 64), near(Rational(k), 300);  // of no width, so that only roundings count
        CHECK((meet(cos(whole), cos(near)) && meet(sin(whole), sin(near))));
        if (a > 0) {
            CHECK(meet(log(Interval(a, 64)), log(Interval(a, 300))));
            CHECK(holds(sqrt(Interval(Rational(a * a), 64)), a));
        }
    }
}

TEST_CASE("Intervals say nothing where there is no value", "[checker]") {
    const Interval zero(64), one(Rational(1), 64);
    CHECK(!(one / zero).is_finite());
    CHECK(!((one / zero) * zero).is_finite());
    CHECK(!max(one / zero, one).is_finite());
    CHECK(!log(zero).is_finite());
    CHECK(!sqrt(-one).is_finite());
    CHECK(!exp(log(zero)).is_finite());
    CHECK(!(one / zero).is_positive());
    CHECK(!(one / zero).is_zero());
}

TEST_CASE("Transcendental expressions in intervals", "[checker]") {
    CHECK(holds(value("log(1)"), 0));
    CHECK(value("sqrt(16)-4").is_zero());
    CHECK(value("floor(log(n))-1").is_zero());
    CHECK(value("2^floor(log(n))-2").is_zero());
    CHECK(value("[log(n)>1]-1").is_zero());
    CHECK(value("[log(n)<=1]+[log(n)=2]").is_zero());
    CHECK(holds(value("sin(pi/6)"), Rational(1, 2)));
    CHECK(holds(value("cos(pi*i)"), -1));
    CHECK(holds(value("sqrt(2)^4"), 4));
    CHECK(holds(value("sqrt(2)^-2"), Rational(1, 2)));
    CHECK(holds(value("abs(-exp(log(n)))"), 7));
    CHECK(holds(value("mod(10,sqrt(9))+0*pi"), 1));
    CHECK(holds(value("min(exp(log(3)),4)"), 3));
    CHECK(value("1/0.1-10").is_zero());
    CHECK(!value("[sqrt(2)*sqrt(2)=2]").is_finite());
    CHECK(!value("1/(sqrt(2)*sqrt(2)-2)").is_finite());
    CHECK_THROWS_AS(value("pi/(i-3)"), Defect);
    CHECK_THROWS_AS(value("sqrt(i-4)"), Defect);
    CHECK_THROWS_AS(value("log(i-3)"), Defect);
    CHECK_THROWS_AS(value("pi^(1/2)"), Defect);
    CHECK_THROWS_AS(value("mod(1,-pi)"), Defect);
}
