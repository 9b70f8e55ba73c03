#include <catch2/catch.hpp>
#include <string>

#include "attest/exact/rational.hpp"
#include "exact/decimal.hpp"
#include "refused.hpp"

// The table "Numbers" of the model format.

using namespace attest;
using attest::exact::Rational;
using attest::tests::refused;
using Catch::Matchers::Contains;

namespace {

Rational read(const std::string& json) {
    const base::Json document = base::Json::parse(json, "f");
    return exact::read_rational(base::JsonNode(document, "f"));
}

std::string refusal(const std::string& json) {
    return refused([&] { (void)read(json); });
}

std::string decimal_refusal(const std::string& text) {
    return refused([&] { (void)exact::parse_decimal(text, "f"); });
}

Rational power_of_ten(unsigned long k) {
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, k);
    return power;
}

}  // namespace

TEST_CASE("an integer means itself, however long", "[numbers]") {
    CHECK(read("3") == 3);
    CHECK(read("-2") == -2);
    CHECK(read("0") == 0);
    CHECK(read("-0") == 0);
    CHECK(read("9223372036854775807") == Rational("9223372036854775807"));
    CHECK(read("-9223372036854775809") == Rational("-9223372036854775809"));
    CHECK(read("18446744073709551615") == Rational("18446744073709551615"));
    CHECK(read("1" + std::string(300, '0')) == power_of_ten(300));
}

TEST_CASE("a decimal means itself, not the nearest double", "[numbers]") {
    CHECK(read("0.1") == Rational(1, 10));
    CHECK(read("0.1") != Rational(0.1));
    CHECK(read("1e-5") == Rational(1, 100000));
    CHECK(read("-12.50") == Rational(-25, 2));
    CHECK(read("1E+3") == 1000);
    CHECK(read("0.000e-7") == 0);
    CHECK(read("1.5e1") == 15);
    CHECK(read("0.30000000000000000000000000000000000001") == Rational(3, 10) + 1 / power_of_ten(38));
}

TEST_CASE("exponents beyond those of a double are exact", "[numbers]") {
    CHECK(read("1e400") == power_of_ten(400));
    CHECK(read("1e-400") == 1 / power_of_ten(400));
    CHECK(read("1e4096") == power_of_ten(4096));
    CHECK(read("-1e-4096") == -1 / power_of_ten(4096));
}

TEST_CASE("an absurd exponent is refused before anything is computed", "[numbers]") {
    CHECK(refusal("1e4097") == "f: expected an exponent of at most 4096 in size, found 1e4097");
    CHECK(refusal("1e-4097") == "f: expected an exponent of at most 4096 in size, found 1e-4097");
    CHECK_THAT(refusal("1e999999999"), Contains("f:1:") && Contains("a number of a sane size, found 1e999999999"));
    CHECK_THAT(refusal("1e-999999999"), Contains("exponent of at most 4096"));
    CHECK_THAT(refusal("1e-2147483648"), Contains("exponent of at most 4096"));
    CHECK_THAT(refusal("1e-99999999999999999999"), Contains("exponent of at most 4096"));
    CHECK_THAT(decimal_refusal("1e2147483648"), Contains("exponent of at most 4096"));
    CHECK_THAT(decimal_refusal("0e-2147483648"), Contains("exponent of at most 4096"));
}

TEST_CASE("a rational is written p/q, in any terms", "[numbers]") {
    CHECK(read("\"3/7\"") == Rational(3, 7));
    CHECK(read("\"-1/2\"") == Rational(-1, 2));
    CHECK(read("\"6/4\"") == Rational(3, 2));
    CHECK(read("\"6/4\"").get_den() == 2);
    CHECK(read("\"-0/5\"") == 0);
    CHECK(read("\"5\"") == 5);
    CHECK(read("\"-5\"") == -5);
    CHECK(read("\"1" + std::string(5000, '0') + "/2\"") == power_of_ten(5000) / 2);
}

TEST_CASE("a denominator of 0 is refused", "[numbers]") {
    CHECK(refusal("\"1/0\"") == "f: expected a denominator other than 0, found \"1/0\"");
    CHECK(refusal("\"0/000\"") == "f: expected a number or a rational \"p/q\", found the string \"0/000\"");
}

TEST_CASE("other texts are no rationals", "[numbers]") {
    for (const char* text :
         {"",     "-",     "/",   "1/",  "/2",    "+1/2", "1/-2", "1/+2",     "--1/2", "1/2/3", " 1/2",
          "1/2 ", "1 / 2", "0.5", "1e5", "1/2.0", "0x1",  "NaN",  "Infinity", "one",   "1,5",   "½"})
        CHECK(refusal("\"" + std::string(text) + "\"") ==
              "f: expected a number or a rational \"p/q\", found the string \"" + std::string(text) + "\"");
}

TEST_CASE("other values are no numbers", "[numbers]") {
    CHECK(refusal("true") == "f: expected a number or a rational \"p/q\", found true");
    CHECK(refusal("null") == "f: expected a number or a rational \"p/q\", found null");
    CHECK(refusal("[1]") == "f: expected a number or a rational \"p/q\", found a list of 1");
    CHECK(refusal("{}") == "f: expected a number or a rational \"p/q\", found an empty object");
}

TEST_CASE("numbers of too many digits are refused", "[numbers]") {
    CHECK(refusal("\"" + std::string(100001, '1') + "\"") == "f: expected at most 100000 digits, found more");
    CHECK_THAT(decimal_refusal(std::string(100001, '1')), Contains("at most 100000 digits"));
}

TEST_CASE("a decimal is digits, point, digits and exponent, and nothing else", "[numbers]") {
    for (const char* text : {"",      "-",     ".",     ".5",    "1.", "1.e5", "e5", "1e", "1e+", "1e-",
                             "1e+-5", "1e--5", "1e++5", "1e5.0", "+1", "--1",  " 1", "1 ", "1x",  "1.2.3"})
        CHECK(decimal_refusal(text) == "f: expected a number, found " + std::string(text));
}

TEST_CASE("numbers are written in lowest terms and read back", "[numbers]") {
    for (const char* text : {"0", "-3", "1/2", "-22/7", "123456789012345678901234567891/7"}) {
        CHECK(exact::to_string(read("\"" + std::string(text) + "\"")) == text);
    }
}

TEST_CASE("numbers for people say when they are rounded", "[exact]") {
    const auto shown = [](const char* text) {
        exact::Rational q(text);
        q.canonicalize();
        return exact::to_decimal(q);
    };
    CHECK(shown("0") == "0");
    CHECK(shown("5/8") == "0.625");
    CHECK(shown("-1/2") == "-0.5");
    CHECK(shown("1/3") == "~0.333333");
    CHECK(shown("123456") == "123456");
    CHECK(shown("1/33554432") == "~2.98023e-08");
    exact::Rational great(mpz_class(1) << 2048);
    CHECK(exact::to_decimal(great) == "~3.2317e+616");
    CHECK(exact::to_decimal(-1 / great) == "~-3.09435e-617");
}
