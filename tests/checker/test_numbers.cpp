#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "checker/core/json.hpp"
#include "checker/core/kept_rational.hpp"
#include "checker/core/rational.hpp"
#include "checker/doubles/number.hpp"
#include "checker/network/expression.hpp"
#include "checker_support.hpp"
#include "learned_sum.hpp"

using namespace checker_test;

namespace {

Rational value(const std::string& text, long i = 0, long j = 0, long n = 0) {
    Budget budget = ample();
    return Expression(text, {"i", "j", "n"}, budget).value({i, j, n, 0}, budget);
}

std::string broken(const std::string& text) {
    return refusal([&] { value(text, 1, 2, 3); });
}

std::string bad_json(const std::string& text) {
    Budget budget = ample();
    return refusal([&] { parse_json(text, "f", budget); });
}

}  // namespace

TEST_CASE("Decimal literals are exact", "[checker]") {
    CHECK(decimal("3") == 3);
    CHECK(decimal("-2") == -2);
    CHECK(decimal("0.1") == Rational(1, 10));
    CHECK(decimal("1e-5") == Rational(1, 100000));
    CHECK(decimal("-12.50E+1") == -125);
    CHECK(decimal("123456789012345678901234567890") == Rational(mpz_class("123456789012345678901234567890")));
    CHECK(decimal("0.05") == Rational(1, 20));
    CHECK(quoted_number("3/7") == Rational(3, 7));
    CHECK(quoted_number("-2/4") == Rational(-1, 2));
    CHECK(quoted_number("-12") == -12);
    CHECK(quoted_number("0/7") == 0);
}

TEST_CASE("Fractions are in lowest terms, of however many digits", "[checker]") {
    for (std::size_t digits = 1; digits <= 40; ++digits) {
        // 6 and 4 times the same number: 3/2, which short and long texts give alike.
        const mpz_class number("1" + std::string(digits - 1, '3'));
        const std::string above = mpz_class(6 * number).get_str(), below = mpz_class(4 * number).get_str();
        const Rational value = quoted_number("-" + above + "/" + below);
        CAPTURE(above, below);
        CHECK(value.get_num() == -3);
        CHECK(value.get_den() == 2);
        CHECK_THROWS_AS(quoted_number(above + "/0" + below), Defect);
        CHECK_THROWS_AS(quoted_number(above + "x/" + below), Defect);
        CHECK_THROWS_AS(quoted_number(above + "/" + std::string(digits, '0')), Defect);
    }
}

namespace {

/// A fraction as a model file has it, or nearly one: of any length, common divisors and zeros included.
std::string random_fraction(std::mt19937_64& random) {
    const auto digits = [&](std::size_t most) {
        std::string text(1, static_cast<char>('1' + random() % 9));
        for (std::size_t k = random() % most; k > 0; --k) text += static_cast<char>('0' + random() % 10);
        return text;
    };
    const bool dyadic = random() % 2 == 0;
    const std::string above = random() % 16 == 0 ? "0" : digits(random() % 4 == 0 ? 40 : 18);
    const std::string below = dyadic ? mpz_class(mpz_class(1) << random() % 80).get_str() : digits(20);
    return (random() % 2 == 0 ? "-" : "") + above + "/" + below;
}

}  // namespace

TEST_CASE("A kept rational is the rational, and its double is as near as it says", "[checker]") {
    const std::uint64_t seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    for (int k = 0; k < 20000; ++k) {
        const std::string text = random_fraction(random);
        CAPTURE(text);
        Rational expected(text), room;
        expected.canonicalize();
        const KeptRational kept = kept_quoted_number(text);
        REQUIRE(kept.rational() == expected);
        REQUIRE(kept.in(room) == expected);
        REQUIRE(KeptRational(expected).rational() == expected);
        REQUIRE(KeptRational(expected).is_fraction() == kept.is_fraction());
        REQUIRE(kept.is_zero() == (expected == 0));
        REQUIRE(digits_of(kept) == digits_of(expected));
        const Number number = number_of(kept);
        REQUIRE(abs(Rational(number.value) - expected) <= Rational(number.radius));
        const Number of_rational = number_of(expected);
        REQUIRE(abs(Rational(of_rational.value) - expected) <= Rational(of_rational.radius));
    }
}

TEST_CASE("A double is kept as it is, whatever its exponent", "[checker]") {
    for (const std::int64_t significand : {INT64_C(0), INT64_C(1), INT64_C(-3), INT64_C(96), (INT64_C(1) << 53) - 1})
        for (int power = -1074; power <= 971; power += 7) {
            Rational expected(static_cast<long>(significand));
            if (power >= 0) expected *= Rational(mpz_class(1) << static_cast<unsigned>(power));
            else expected /= Rational(mpz_class(1) << static_cast<unsigned>(-power));
            CAPTURE(significand, power);
            const double number = std::ldexp(significand, power);
            const KeptRational kept(number);
            Rational room;
            REQUIRE(kept.rational() == expected);
            REQUIRE(kept.in(room) == expected);
            REQUIRE(kept.is_zero() == (expected == 0));
            REQUIRE(digits_of(kept) >= digits_of(expected));
            REQUIRE(number_of(kept).value == number);
            REQUIRE(number_of(kept).radius == 0);
        }
}

TEST_CASE("What is no number is refused", "[checker]") {
    for (const char* text :
         {"", "-", "+1", "1.", ".5", "1e", "01", "1e5000", "1 ", "0x1", "1e99999999999999999999", "nan"})
        CHECK_THROWS_AS(decimal(text), Defect);
    for (const char* text : {"1/0", "1/", "/2", "1/-2", "1/2/3", "1 / 2", "0.25", "1e-5", "01", "01/2", "1/02"})
        CHECK_THROWS_AS(quoted_number(text), Defect);
}

TEST_CASE("Expressions follow the usual precedence", "[checker]") {
    CHECK(value("1+2*3") == 7);
    CHECK(value("(1+2)*3") == 9);
    CHECK(value("2-3-4") == -5);
    CHECK(value("8/4/2") == 1);
    CHECK(value("2^3^2") == 512);
    CHECK(value("-2^2") == -4);
    CHECK(value("2^-2") == Rational(1, 4));
    CHECK(value("-(-1)^i", 3) == 1);
    CHECK(value("3/7") == Rational(3, 7));
    CHECK(value("0.1*10") == 1);
    CHECK(value("i*n - j", 2, 3, 5) == 7);
    CHECK(value("0^0") == 1);
}

TEST_CASE("Functions and comparisons of expressions are exact", "[checker]") {
    CHECK(value("floor(-7/2)") == -4);
    CHECK(value("ceil(-7/2)") == -3);
    CHECK(value("abs(-1/3)") == Rational(1, 3));
    CHECK(value("min(1/3, 0.3)") == Rational(3, 10));
    CHECK(value("max(i, j)", 2, 5) == 5);
    CHECK(value("mod(-1, 3)") == 2);
    CHECK(value("mod(7/2, 3/2)") == Rational(1, 2));
    CHECK(value("[1 < 2] + [2 <= 2] + [1 = 1] + [1 != 2] + [2 >= 2] + [3 > 2]") == 6);
    CHECK(value("[2 < 1] + [2 <= 1] + [1 = 2] + [1 != 1] + [1 >= 2] + [2 > 3]") == 0);
}

TEST_CASE("Expressions without a value are refused", "[checker]") {
    for (const char* text : {"1/0", "1/(i-1)", "0^-1", "2^(1/2)", "mod(1, 0)", "mod(1, -1)", "2^2000000", "3^(10^9)"})
        CHECK(!broken(text).empty());
    for (const char* text : {"", "1+", "(1", "1)", "k", "sin(1)", "pi", "sqrt(2)", "min(1)", "floor(1,2)", "[1]",
                             "[1 == 1]", "1 2", "i j", "+1", "2**3", "floor 1", "1\n"})
        CHECK(!broken(text).empty());
    CHECK(!broken(std::string(1000, '(') + "1" + std::string(1000, ')')).empty());
    CHECK(!broken(std::string(100000, '-') + "1").empty());
    CHECK(value("1^(10^30) + (-1)^(10^30+1)") == 0);
}

TEST_CASE("Short expressions cannot ask for gigabytes", "[checker]") {
    std::string product = "2^100000";
    for (int k = 0; k < 1000; ++k) product += "*2^100000";
    CHECK(broken(product).find("bits") != std::string::npos);
    CHECK(value("2^60000 / 2^60000") == 1);
}

TEST_CASE("JSON keeps numbers as written", "[checker]") {
    Budget budget = ample();
    const Json json = parse_json(R"([0.1, 18446744073709551616, -3, 1e400, 12345678901234567890123])", "f", budget);
    CHECK(json.items()[0].rational() == Rational(1, 10));
    CHECK(json.items()[1].rational() == Rational(mpz_class("18446744073709551616")));
    CHECK(json.items()[2].rational() == -3);
    CHECK(json.items()[3].rational() == decimal("1e400"));
    CHECK(json.items()[4].rational() == Rational(mpz_class("12345678901234567890123")));
}

TEST_CASE("What is not strict JSON is refused", "[checker]") {
    using namespace std::string_literals;
    CHECK(bad_json(R"({"a": 1, "a": 2})").find("twice") != std::string::npos);
    CHECK(bad_json("[" + std::string(64, '[') + std::string(64, ']') + "]").find("deeper") != std::string::npos);
    CHECK(bad_json(std::string(64, '[') + std::string(64, ']')).empty());
    CHECK(!bad_json(std::string(1'000'000, '[')).empty());
    CHECK(!bad_json("[1]\0[2]"s).empty());
    CHECK(!bad_json("\xef\xbb\xbf[1]").empty());
    CHECK(!bad_json("[1] x").empty());
    CHECK(!bad_json("[1,]").empty());
    CHECK(!bad_json("[NaN]").empty());
    CHECK(!bad_json("[1").empty());
    CHECK(!bad_json("").empty());
    CHECK(!bad_json("// c\n[1]").empty());
    CHECK(!bad_json("[\"\xff\"]").empty());
    CHECK(!bad_json("[1e99999]").empty());
    CHECK(!bad_json("[01]").empty());
}

TEST_CASE("Sums over places have the values that plain arithmetic gives, also where they are looked up", "[checker]") {
    const std::uint64_t seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    int with_value = 0, without = 0;
    for (int round = 0; round < 2000; ++round) {
        const attest::tests::LearnedSum sum([&](std::uint64_t n) { return random() % n; });
        CAPTURE(sum.text());
        for (long i = 1; i <= 14; ++i) {
            const std::optional<mpq_class> expected = sum.value(i, 3);
            const std::string refused = refusal([&] {
                const Rational found = value(sum.text(), i, 3);
                REQUIRE(expected);
                REQUIRE(found == *expected);
            });
            REQUIRE(refused.empty() == expected.has_value());
            ++(expected ? with_value : without);
        }
    }
    CHECK(with_value > 10000);
    CHECK(without > 1000);
}
