#include <catch2/catch.hpp>
#include <string>

#include "attest/base/error.hpp"
#include "attest/exact/expression.hpp"

using namespace attest;
using attest::exact::Expression;
using attest::exact::Rational;

namespace {

/// At i = 2, j = 5, n = 7, dk = 3.
Rational value(const std::string& text) {
    return Expression::parse(text, "ijnd", false, "f").evaluate({.i = 2, .j = 5, .n = 7, .dk = 3});
}

}  // namespace

TEST_CASE("numbers and variables stand for themselves", "[expression]") {
    CHECK(value("3") == 3);
    CHECK(value("0.1") == Rational(1, 10));
    CHECK(value("1e-5") == Rational(1, 100000));
    CHECK(value("2.5E+1") == 25);
    CHECK(value("i") == 2);
    CHECK(value("j") == 5);
    CHECK(value("n") == 7);
    CHECK(value("dk") == 3);
    CHECK(value(" \t i ") == 2);
}

TEST_CASE("sums and products associate to the left", "[expression]") {
    CHECK(value("10 - 4 - 3") == 3);
    CHECK(value("10 - (4 - 3)") == 9);
    CHECK(value("24 / 4 / 3") == 2);
    CHECK(value("24 / 4 * 3") == 18);
    CHECK(value("2 + 3 * 4") == 14);
    CHECK(value("(2 + 3) * 4") == 20);
    CHECK(value("1/3") == Rational(1, 3));
    CHECK(value("3/7") == Rational(3, 7));
}

TEST_CASE("powers bind more tightly than the minus before them and associate to the right", "[expression]") {
    CHECK(value("-2^2") == -4);
    CHECK(value("(-2)^2") == 4);
    CHECK(value("2^3^2") == 512);
    CHECK(value("(2^3)^2") == 64);
    CHECK(value("2^-1") == Rational(1, 2));
    CHECK(value("2^-2^2") == Rational(1, 16));
    CHECK(value("-2^-1") == Rational(-1, 2));
    CHECK(value("2*3^2") == 18);
    CHECK(value("(2/3)^-2") == Rational(9, 4));
    CHECK(value("(-2/3)^3") == Rational(-8, 27));
    CHECK(value("(-2)^-3") == Rational(-1, 8));
    CHECK(value("4^(1/2+1/2)") == 4);
}

TEST_CASE("powers of 0, 1 and -1 have every exponent that makes sense", "[expression]") {
    CHECK(value("0^0") == 1);
    CHECK(value("0^5") == 0);
    CHECK(value("1^(10^300)") == 1);
    CHECK(value("(-1)^(10^300)") == 1);
    CHECK(value("(-1)^(10^300+1)") == -1);
    CHECK(value("(-1)^-1") == -1);
    CHECK(value("(-1)^i") == 1);
    CHECK(value("(-1)^j") == -1);
    CHECK(value("0^(10^300)") == 0);
    CHECK(value("7^0") == 1);
}

TEST_CASE("minus may be repeated", "[expression]") {
    CHECK(value("--3") == 3);
    CHECK(value("2--3") == 5);
    CHECK(value("2*-3") == -6);
    CHECK(value("-i") == -2);
}

TEST_CASE("floor and ceil are right for negatives", "[expression]") {
    CHECK(value("floor(7/2)") == 3);
    CHECK(value("floor(-7/2)") == -4);
    CHECK(value("floor(-4)") == -4);
    CHECK(value("ceil(7/2)") == 4);
    CHECK(value("ceil(-7/2)") == -3);
    CHECK(value("ceil(4)") == 4);
    CHECK(value("floor(0.999999999999999999999999)") == 0);
}

TEST_CASE("abs, min and max", "[expression]") {
    CHECK(value("abs(i - j)") == 3);
    CHECK(value("abs(j - i)") == 3);
    CHECK(value("min(1/3, 0.333)") == Rational(333, 1000));
    CHECK(value("max(1/3, 0.333)") == Rational(1, 3));
    CHECK(value("min(-1, max(-2, -3))") == -2);
}

TEST_CASE("mod is from 0 up to below y, also for negatives and fractions", "[expression]") {
    CHECK(value("mod(7, 3)") == 1);
    CHECK(value("mod(-7, 3)") == 2);
    CHECK(value("mod(-6, 3)") == 0);
    CHECK(value("mod(7/2, 1)") == Rational(1, 2));
    CHECK(value("mod(-1/2, 2/3)") == Rational(1, 6));
    CHECK(value("mod(2, 10)") == 2);
}

TEST_CASE("relations are 1 or 0", "[expression]") {
    CHECK(value("[i < j]") == 1);
    CHECK(value("[j < i]") == 0);
    CHECK(value("[i < i]") == 0);
    CHECK(value("[i <= i]") == 1);
    CHECK(value("[j <= i]") == 0);
    CHECK(value("[i = 2]") == 1);
    CHECK(value("[i = 3]") == 0);
    CHECK(value("[i != 2]") == 0);
    CHECK(value("[i != 3]") == 1);
    CHECK(value("[i >= j]") == 0);
    CHECK(value("[i >= 2]") == 1);
    CHECK(value("[j > i]") == 1);
    CHECK(value("[i > i]") == 0);
    CHECK(value("[1/3 = 2/6]") == 1);
    CHECK(value("[0.1 + 0.2 = 0.3]") == 1);
    CHECK(value("[[i < j] = 1] + 2*[n > dk]") == 3);
}

TEST_CASE("an expression without variables that is one number is a constant", "[expression]") {
    const auto parse = [](const char* text) { return Expression::parse(text, "ijn", true, "f"); };
    CHECK(parse("7/1").is_constant() == false);
    CHECK(parse("(7)").is_constant());
    CHECK(Expression().evaluate({}) == 0);
    CHECK(Expression(Rational(2, 3)).text() == "2/3");
    CHECK(parse("i + 0*j").uses(exact::Operation::variable_j));
    CHECK_FALSE(parse("i").uses(exact::Operation::variable_j));
    CHECK(parse("1 - abs( i )").text() == "1 - abs( i )");
}

TEST_CASE("what is not rational is read for softmax models and never evaluated exactly", "[expression]") {
    for (const char* text : {"pi", "sqrt(4)", "log(1)", "exp(0)", "sin(0)", "cos(pi*i)", "1 + sqrt(dk)"}) {
        const Expression e = Expression::parse(text, "ijnd", true, "f");
        CHECK(e.is_transcendental());
        CHECK_THROWS_AS(e.evaluate({.i = 1, .j = 1, .n = 1, .dk = 1}), base::Unsupported);
    }
    CHECK_FALSE(Expression::parse("i^2", "ijnd", true, "f").is_transcendental());
}
