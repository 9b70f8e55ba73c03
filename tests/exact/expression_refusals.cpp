#include <catch2/catch.hpp>
#include <chrono>
#include <string>

#include "attest/exact/expression.hpp"
#include "refused.hpp"

using namespace attest;
using attest::exact::Expression;
using attest::tests::refused;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::string refusal(const std::string& text, const std::string& allowed = "ijnd", bool transcendental = false) {
    return refused([&] { (void)Expression::parse(text, allowed, transcendental, "f:bias"); });
}

std::string at(const std::string& text, std::int64_t i, std::int64_t j = 5, std::int64_t n = 7) {
    const Expression e = Expression::parse(text, "ijn", false, "f:bias");
    return refused([&] { (void)e.evaluate({.i = i, .j = j, .n = n}); });
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string result;
    for (std::size_t k = 0; k < times; ++k) result += text;
    return result;
}

}  // namespace

TEST_CASE("syntax errors are told with their column", "[expression]") {
    CHECK(refusal("") == "f:bias:1: expected a number, a variable, a function or '(', found the end");
    CHECK(refusal("1 +") == "f:bias:4: expected a number, a variable, a function or '(', found the end");
    CHECK(refusal("1 + * 2") == "f:bias:5: expected a number, a variable, a function or '(', found '* 2'");
    CHECK(refusal("(1") == "f:bias:3: expected ')', found the end");
    CHECK(refusal("1)") == "f:bias:2: expected an operator or the end, found ')'");
    CHECK(refusal("2i") == "f:bias:2: expected an operator or the end, found 'i'");
    CHECK(refusal("i2") == "f:bias:2: expected an operator or the end, found '2'");
    CHECK(refusal("1 2") == "f:bias:3: expected an operator or the end, found '2'");
    CHECK(refusal("+1") == "f:bias:1: expected a number, a variable, a function or '(', found '+1'");
    CHECK(refusal("i ** 2") == "f:bias:4: expected a number, a variable, a function or '(', found '* 2'");
    CHECK(refusal("i\nj") == "f:bias:2: expected an operator or the end, found '\\x0aj'");
    CHECK(refusal("é") == "f:bias:1: expected a number, a variable, a function or '(', found 'é'");
    CHECK(refusal(std::string("1\0", 2)) == "f:bias:2: expected an operator or the end, found '\\x00'");
}

TEST_CASE("numbers with slips are refused", "[expression]") {
    CHECK_THAT(refusal("1."), StartsWith("f:bias:1: expected a number"));
    CHECK_THAT(refusal("i + 1.e5"), StartsWith("f:bias:5: expected a number"));
    CHECK(refusal(".5") == "f:bias:1: expected a number, a variable, a function or '(', found '.5'");
    CHECK(refusal("2e") == "f:bias:2: expected an operator or the end, found 'e'");
    CHECK(refusal("2exp(1)", "i", true) == "f:bias:2: expected an operator or the end, found 'exp(1)'");
    CHECK_THAT(refusal("1e999999999"), Contains("an exponent of at most 4096"));
    CHECK_THAT(refusal("1e-2147483648"), Contains("an exponent of at most 4096"));
}

TEST_CASE("functions take as many arguments as they have", "[expression]") {
    CHECK(refusal("floor 1") == "f:bias:7: expected '(', found '1'");
    CHECK(refusal("floor()") == "f:bias:7: expected a number, a variable, a function or '(', found ')'");
    CHECK(refusal("floor(1, 2)") == "f:bias:8: expected ')', found ', 2)'");
    CHECK(refusal("min(1)") == "f:bias:6: expected ',', found ')'");
    CHECK(refusal("mod(1, 2, 3)") == "f:bias:9: expected ')', found ', 3)'");
}

TEST_CASE("a relation stands in brackets and has one sign", "[expression]") {
    CHECK(refusal("i < j") == "f:bias:3: expected an operator or the end, found '< j'");
    CHECK(refusal("[i]") == "f:bias:3: expected one of < <= = != >= >, found ']'");
    CHECK(refusal("[i < j < n]") == "f:bias:8: expected ']', found '< n]'");
    CHECK(refusal("[i == j]") == "f:bias:5: expected a number, a variable, a function or '(', found '= j]'");
    CHECK(refusal("[i ! j]") == "f:bias:5: expected '=', found ' j]'");
    CHECK(refusal("[i < j") == "f:bias:7: expected ']', found the end");
}

TEST_CASE("names that a place does not know are refused with those that it does", "[expression]") {
    CHECK(refusal("j", "in") == "f:bias:1: expected one of the variables i, n or a function, found 'j'");
    CHECK(refusal("1 + dk", "ijn") == "f:bias:5: expected one of the variables i, j, n or a function, found 'dk'");
    CHECK(refusal("i/n", "nd") == "f:bias:1: expected one of the variables n, dk or a function, found 'i'");
    CHECK(refusal("d", "nd") == "f:bias:1: expected one of the variables n, dk or a function, found 'd'");
    CHECK(refusal("round(i)") == "f:bias:1: expected one of the variables i, j, n, dk or a function, found 'round'");
    CHECK(refusal("I") == "f:bias:1: expected one of the variables i, j, n, dk or a function, found 'I'");
    CHECK(refusal("e") == "f:bias:1: expected one of the variables i, j, n, dk or a function, found 'e'");
}

TEST_CASE("what is not rational is for softmax models", "[expression]") {
    for (const std::string name : {"sqrt", "log", "exp", "sin", "cos"}) {
        CHECK(refusal("1 + " + name + "(4)") ==
              "f:bias:5: expected exact operations only (pi, sqrt, log, exp, sin, cos are for softmax "
              "models), found '" +
                  name + "'");
        CHECK(refusal(name + "(4)", "ijn", true) == "accepted");
    }
    CHECK_THAT(refusal("2*pi"), StartsWith("f:bias:3: expected exact operations only"));
    CHECK(refusal("2*pi", "ijn", true) == "accepted");
}

TEST_CASE("nesting and length are limited", "[expression]") {
    CHECK(refusal(repeated("(", 90) + "1" + repeated(")", 90)) == "accepted");
    CHECK_THAT(refusal(repeated("(", 1000) + "1" + repeated(")", 1000)), Contains("nesting of at most 200 levels"));
    CHECK_THAT(refusal(repeated("(", 100000) + "1" + repeated(")", 100000)),
               Contains("an expression of at most 10000 characters"));
    CHECK_THAT(refusal(repeated("-", 5000) + "1"), Contains("nesting of at most 200 levels"));
    CHECK_THAT(refusal(repeated("2^", 3000) + "1"), Contains("nesting of at most 200 levels"));
    CHECK_THAT(refusal(repeated("abs(", 1000) + "1" + repeated(")", 1000)), Contains("nesting of at most 200 levels"));
    CHECK(refusal(repeated("1+", 4999) + "1") == "accepted");
}

TEST_CASE("a division by zero at one position is told with that position", "[expression]") {
    CHECK(at("1/(i-3)", 2) == "accepted");
    CHECK(at("1/(i-3)", 3) == "f:bias: division by zero at i = 3, j = 5, n = 7 in \"1/(i-3)\"");
    CHECK(at("i/(j-n+2)", 4) == "f:bias: division by zero at i = 4, j = 5, n = 7 in \"i/(j-n+2)\"");
    CHECK(at("1/0", 1) == "f:bias: division by zero at i = 1, j = 5, n = 7 in \"1/0\"");
    CHECK(at("0^-1", 1) == "f:bias: division by zero at i = 1, j = 5, n = 7 in \"0^-1\"");
    CHECK(at("(i-3)^-2", 3) == "f:bias: division by zero at i = 3, j = 5, n = 7 in \"(i-3)^-2\"");
    CHECK(at("0*(1/0)", 1) == "f:bias: division by zero at i = 1, j = 5, n = 7 in \"0*(1/0)\"");
}

TEST_CASE("an exponent that is no integer is refused", "[expression]") {
    CHECK(at("4^(i/2)", 2) == "accepted");
    CHECK(at("4^(i/2)", 1) == "f:bias: the exponent 1/2 is not an integer at i = 1, j = 5, n = 7 in \"4^(i/2)\"");
    CHECK(at("1^0.5", 1) == "f:bias: the exponent 1/2 is not an integer at i = 1, j = 5, n = 7 in \"1^0.5\"");
}

TEST_CASE("a modulus that is not positive is refused", "[expression]") {
    CHECK(at("mod(5, i-2)", 3) == "accepted");
    CHECK(at("mod(5, i-2)", 2) == "f:bias: mod by 0, which is not positive at i = 2, j = 5, n = 7 in \"mod(5, i-2)\"");
    CHECK(at("mod(5, i-2)", 1) == "f:bias: mod by -1, which is not positive at i = 1, j = 5, n = 7 in \"mod(5, i-2)\"");
}

TEST_CASE("numbers that explode are refused at once", "[expression]") {
    const auto before = std::chrono::steady_clock::now();
    for (const std::string& text :
         {std::string("9^9^9^9"), std::string("2^(10^300)"), std::string("2^-(10^300)"), std::string("(1/2)^(10^300)"),
          std::string("((((((10^4000)^4000)^4000)^4000)^4000)^4000)^4000"), std::string("2^1000001"),
          "1" + repeated("*1e4096", 100)})
        CHECK_THAT(at(text, 1), Contains("f:bias: a number of too many bits"));
    // Each below the limit for one number, but hundreds of them.
    CHECK_THAT(at(repeated("2^300000+", 500) + "1", 1), Contains("a number of too many bits"));
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
}

TEST_CASE("messages about long expressions are short", "[expression]") {
    CHECK(at(repeated("1+", 4000) + "1/0", 1).size() < 300);
    CHECK(at("mod(1, -2^9999)", 1).size() < 300);
    CHECK(at("2^(1/3^9999)", 1).size() < 300);
    CHECK(at(repeated("1+\t", 10) + "1/0", 1).find('\t') == std::string::npos);
}

TEST_CASE("an expression of a model file is a text or a number", "[expression]") {
    const auto read = [](const char* json) {
        const base::Json document = base::Json::parse(json, "f");
        return refused([&] { (void)exact::read_expression(base::JsonNode(document, "f"), "i", false); });
    };
    CHECK(read("\"i + 1\"") == "accepted");
    CHECK(read("-0.5") == "accepted");
    CHECK(read("true") == "f: expected an expression (a string or a number), found true");
    CHECK(read("[\"i\"]") == "f: expected an expression (a string or a number), found a list of 1");
    CHECK(read("{\"tensor\": \"a\"}") == "f: expected an expression (a string or a number), found an object");
    CHECK(read("1e4500") == "f: expected an exponent of at most 4096 in size, found 1e4500");
}
