#include <catch2/catch.hpp>
#include <cmath>

#include "attest/base/error.hpp"
#include "attest/exact/expression.hpp"
#include "base/random.hpp"
#include "seed.hpp"

// Balls against exact rationals and against a higher precision of themselves.

namespace attest::exact {

namespace {

Rational random_rational(base::Random& random) {
    Rational r(static_cast<long>(random.below(2001)) - 1000, 1 + static_cast<long>(random.below(300)));
    r.canonicalize();
    return r;
}

Ball value(const std::string& text, const Variables& at = {.i = 3, .j = 2, .n = 7}, long bits = 128) {
    return Expression::parse(text, "ijn", true, "test").enclose(at, bits);
}

}  // namespace

TEST_CASE("ends of balls are rounded outwards where they have too many bits", "[exact]") {
    const Rational half(1, 2), least(mpz_class(1), mpz_class(mpz_class(1) << (1 << 20)));
    const Ball tiny = value("exp(-2^60)"), huge = value("exp(2^60)"), one = value("1+exp(-2^60)");
    CHECK(tiny.sign() == Sign::positive);
    CHECK(tiny.lower() == 0);
    CHECK(tiny.upper() == least);
    CHECK((-tiny).upper() == 0);
    CHECK((-tiny).lower() == -least);
    CHECK(huge.lower() == 1 / least);
    CHECK((-huge).upper() == -1 / least);
    CHECK_THROWS_AS(huge.upper(), base::Unsupported);
    CHECK_THROWS_AS((-huge).lower(), base::Unsupported);
    CHECK(one.lower() <= 1);
    CHECK(one.upper() > 1);
    CHECK(one.upper() < 1 + half);
    CHECK((Ball(1) - tiny).lower() > half);  // a radius that is far smaller than the middle
    CHECK(Ball(half, 64).lower() == half);
    CHECK(Ball(half, 64).upper() == half);
}

TEST_CASE("balls hold what rationals give", "[exact]") {
    base::Random random(tests::seed());
    for (int k = 0; k < 2000; ++k) {
        const Rational a = random_rational(random), b = random_rational(random);
        CAPTURE(to_string(a), to_string(b));
        const Ball x(a, 64), y(b, 64);
        CHECK((x + y).contains(a + b));
        CHECK((x - y).contains(a - b));
        CHECK((x * y).contains(a * b));
        if (b != 0) CHECK((x / y).contains(a / b));
        CHECK(min(x, y).contains(a < b ? a : b));
        CHECK(max(x, y).contains(a < b ? b : a));
        CHECK(abs(x).contains(abs(a)));
        CHECK(power(x, 3).contains(a * a * a));
        CHECK(x.lower() <= a);
        CHECK(x.upper() >= a);
        CHECK(Ball::between(a < b ? a : b, a < b ? b : a, 64).contains((a + b) / 2));
        Ball sum = x;
        sum.add_product(y, y);
        CHECK(sum.contains(a + b * b));
    }
}

TEST_CASE("balls of few bits hold those of many", "[exact]") {
    base::Random random(tests::seed() + 1);
    for (int k = 0; k < 500; ++k) {
        const Rational a = random_rational(random);
        CAPTURE(to_string(a));
        const Ball few(a, 64), many(a, 512);
        const auto holds = [](const Ball& wide, const Ball& narrow) {
            return wide.lower() <= narrow.upper() && narrow.lower() <= wide.upper();
        };
        CHECK(holds(exp(few), exp(many)));
        CHECK(holds(sin(few), sin(many)));
        CHECK(holds(cos(few), cos(many)));
        const auto [cosine, sine] = cos_and_sin(few);
        CHECK((holds(cosine, cos(many)) && holds(sine, sin(many))));
        CHECK(holds(tanh(few), tanh(many)));
        CHECK(holds(softplus_bits(few), softplus_bits(many)));
        if (a > 0) {
            CHECK(holds(log(few), log(many)));
            CHECK(sqrt(few).contains(sqrt(many).lower()));
        }
        CHECK(exp(many).middle() == Approx(std::exp(a.get_d())).epsilon(1e-12));
        CHECK(softplus_bits(many).middle() == Approx(std::max(a.get_d(), 0.0) / std::log(2.0) +
                                                     std::log1p(std::exp(-std::abs(a.get_d()))) / std::log(2.0))
                                                  .epsilon(1e-12));
    }
}

TEST_CASE("a ball has a sign only where it is certain", "[exact]") {
    CHECK(Ball(0).sign() == Sign::zero);
    CHECK(Ball(3).sign() == Sign::positive);
    CHECK(Ball(-3).sign() == Sign::negative);
    CHECK(Ball::between(-1, 1, 64).sign() == Sign::unknown);
    CHECK(Ball::between(0, 1, 64).sign() == Sign::unknown);
    const Ball third(Rational(1, 3), 64);
    CHECK((third - third).sign() == Sign::unknown);
    CHECK((Ball(1) / Ball(0)).sign() == Sign::unknown);
    CHECK((Ball(1) / Ball(0)).upper_text() == "inf");
    CHECK(sqrt(Ball(-1)).sign() == Sign::unknown);
    CHECK(log(Ball(0)).sign() == Sign::unknown);
    CHECK(!max(log(Ball(-1)), Ball(1)).is_finite());
    CHECK(!min(log(Ball(-1)), Ball(1)).is_finite());
}

TEST_CASE("the ends of a ball are printed outwards", "[exact]") {
    const Ball third(Rational(1, 3), 128);
    CHECK(third.lower_text(5) == "3.3333e-01");
    CHECK(third.upper_text(5) == "3.3334e-01");
    CHECK((-third).lower_text(5) == "-3.3334e-01");
    CHECK((-third).upper_text(5) == "-3.3333e-01");
    CHECK(Ball(2).lower_text(3) == "2.00e+00");
}

TEST_CASE("expressions in balls", "[exact]") {
    CHECK(value("pi").middle() == Approx(3.14159265358979));
    CHECK(value("sqrt(4)").sign() == Sign::positive);
    CHECK((value("sqrt(4)") - 2).is_zero());
    CHECK(value("log(1)").is_zero());
    CHECK((value("exp(0)") - 1).is_zero());
    CHECK(value("log(1+i)").middle() == Approx(std::log(4.0)));
    CHECK(value("sin(pi/6)").contains(Rational(1, 2)));
    CHECK(value("cos(pi*i)").contains(-1));
    CHECK(!value("cos(pi*i)").is_exact());
    CHECK((value("(-1)^i") + 1).is_zero());
    CHECK((value("floor(log(n))") - 1).is_zero());
    CHECK((value("ceil(log(n))") - 2).is_zero());
    CHECK((value("2^floor(log(n))") - 2).is_zero());
    CHECK((value("[log(n) > 1]") - 1).is_zero());
    CHECK(value("[log(n) < 1]").is_zero());
    CHECK((value("[log(n) >= log(i)]*[log(n) != 2]") - 1).is_zero());
    CHECK(value("[log(n) <= 1]+[log(n) = 2]").is_zero());
    CHECK(value("max(log(n),log(i))").middle() == Approx(std::log(7.0)));
    CHECK(value("min(log(n),1)").middle() == Approx(1.0));
    CHECK(value("abs(-log(n))").middle() == Approx(std::log(7.0)));
    CHECK(value("mod(10,sqrt(2))").middle() == Approx(std::fmod(10.0, std::sqrt(2.0))));
    CHECK(value("1/0.1 - 10 + 0*pi").is_zero());
    // Equal in truth, and no precision can tell.
    CHECK(value("[sqrt(2)*sqrt(2) = 2]").sign() == Sign::unknown);
    CHECK(!value("1/(sqrt(2)*sqrt(2)-2)").is_finite());
    CHECK(!value("2^(sqrt(2)*sqrt(2))").is_finite());
}

TEST_CASE("expressions without value in balls say where", "[exact]") {
    using Catch::Matchers::Contains;
    CHECK_THROWS_WITH(value("pi/(i-3)"), Contains("division by zero at i = 3"));
    CHECK_THROWS_WITH(value("sqrt(i-4)"), Contains("square root of a negative number at i = 3"));
    CHECK_THROWS_WITH(value("log(j-2)"), Contains("logarithm of a number that is not positive"));
    CHECK_THROWS_WITH(value("log(-pi)"), Contains("logarithm"));
    CHECK_THROWS_WITH(value("pi^(1/2)"), Contains("exponent"));
    CHECK_THROWS_WITH(value("(pi-pi+0)^(i/2)"), Contains("exponent"));
    CHECK_THROWS_WITH(value("mod(1,-pi)"), Contains("mod"));
    CHECK_THROWS_AS(Expression::parse("pi", "", true, "test").evaluate({}), base::Unsupported);
}

TEST_CASE("which transcendental expressions have a value everywhere", "[exact]") {
    const auto may_lack = [](const char* text) {
        return Expression::parse(text, "ijn", true, "test").may_lack_value();
    };
    for (const char* text : {"log(1+i)", "log(n)", "sqrt(i*j/2)", "sin(i)*pi", "exp(cos(j))", "log(1/2)"})
        CHECK(!may_lack(text));
    for (const char* text : {"log(i-1)", "sqrt(-1)", "log(0)", "1/pi", "log(sin(i))", "pi^i"}) CHECK(may_lack(text));
}

}  // namespace attest::exact
