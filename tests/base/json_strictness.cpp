#include <catch2/catch.hpp>
#include <clocale>
#include <string>

#include "attest/base/json.hpp"
#include "refused.hpp"

using namespace attest::base;
using attest::tests::refused;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using namespace std::string_literals;

namespace {

std::string refusal(const std::string& text) {
    return refused([&] { Json::parse(text, "f"); });
}

/// The digits of a document that is one number.
std::string digits(const std::string& text) { return std::get<Json::Number>(Json::parse(text, "f").value_).text; }

}  // namespace

TEST_CASE("numbers keep their digits, however many", "[json]") {
    for (const char* text :
         {"0", "-1", "0.1", "1e-5", "1E+5", "123456789012345678901234567890", "-0.1000000000000000055511151231257827",
          "18446744073709551616", "9223372036854775808", "1e400", "1e-4000", "2.50"})
        CHECK(digits(text) == text);
    const std::string long_number(4000, '7');
    CHECK(digits(long_number) == long_number);
}

TEST_CASE("numbers that JSON does not have are refused", "[json]") {
    for (const char* text :
         {"NaN", "nan", "Infinity", "-Infinity", "+1", ".5", "1.", "01", "0x10", "1e", "--1", "1_000", "1,5"})
        CHECK_THAT(refusal(text), StartsWith("f:1:") && Contains("expected JSON"));
}

TEST_CASE("a number of an absurd size is refused at its place", "[json]") {
    CHECK_THAT(refusal("[1,\n 1e999999999]"),
               StartsWith("f:2:") && Contains("a number of a sane size, found 1e999999999"));
    CHECK_THAT(refusal("-1e999999999"), Contains("found -1e999999999"));
}

TEST_CASE("syntax errors are told with line and column", "[json]") {
    CHECK_THAT(refusal("{\"a\": 1,\n \"b\": ]}"), StartsWith("f:2:7: expected JSON, found"));
    CHECK_THAT(refusal("[1 2]"), StartsWith("f:1:4:"));
    CHECK_THAT(refusal("[1,]"), StartsWith("f:1:4:"));
    CHECK_THAT(refusal("{'a': 1}"), StartsWith("f:1:2:"));
    CHECK_THAT(refusal("[1] // one"), StartsWith("f:1:5:"));
    CHECK_THAT(refusal("[1] [2]"), StartsWith("f:1:5:"));
}

TEST_CASE("an empty file and a truncated one are told apart", "[json]") {
    CHECK_THAT(refusal(""), Contains("the file is empty"));
    CHECK_THAT(refusal(" \n"), Contains("the document ends too early"));
    const std::string whole = R"({"a": [1, "x", null]})";
    for (std::size_t length = 1; length < whole.size(); ++length)
        CHECK_THAT(refusal(whole.substr(0, length)), StartsWith("f:1:"));
}

TEST_CASE("a key twice in one object is refused, in two objects not", "[json]") {
    CHECK(refusal(R"({"a": 1, "b": 2, "a": 1})") == "f: expected each key once, found the key \"a\" twice");
    CHECK(refusal(R"({"x": [0, {"y": {"a": 1, "a": 2}}]})") ==
          "f:x[1].y: expected each key once, found the key \"a\" twice");
    CHECK(refusal(R"({"a": 1, "\u0061": 2})") == "f: expected each key once, found the key \"a\" twice");
    CHECK(refusal(R"([{"a": 1}, {"a": {"a": 1}}])") == "accepted");
}

TEST_CASE("nesting is limited, so that no depth of brackets exhausts the stack", "[json]") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(refusal(nested(64)) == "accepted");
    CHECK_THAT(refusal(nested(65)), Contains("nesting of at most 64 levels"));
    CHECK_THAT(refusal(nested(100000)), Contains("nesting of at most 64 levels"));
    CHECK_THAT(refusal(std::string(100000, '[')), Contains("nesting of at most 64 levels"));
    std::string objects;
    for (int k = 0; k < 100000; ++k) objects += "{\"a\":";
    CHECK_THAT(refusal(objects), Contains("nesting of at most 64 levels"));
}

TEST_CASE("bytes that are not UTF-8 are refused", "[json]") {
    for (const char* text :
         {"[\"\xff\"]", "[\"\xc0\xaf\"]", "[\"\xed\xa0\x80\"]", "[\"\xf5\x80\x80\x80\"]", "[\"\xc3\"]"})
        CHECK_THAT(refusal(text), StartsWith("f:1:"));
    CHECK_THAT(refusal(R"(["\ud800"])"), StartsWith("f:1:"));
    CHECK(refusal("[\"\xc3\xa9 \xf0\x9d\x84\x9e \\ud834\\udd1e\"]") == "accepted");
}

TEST_CASE("a byte order mark is refused", "[json]") {
    CHECK(refusal("\xef\xbb\xbf{}") == "f:1:1: expected JSON, found a byte order mark");
    CHECK_THAT(refusal("\xef\xbb"), StartsWith("f:1:"));
    CHECK_THAT(refusal("\xff\xfe{\0}\0"s), StartsWith("f:1:"));
}

TEST_CASE("a byte 0 does not end the document", "[json]") {
    CHECK(refusal("{}\n\0garbage"s) == "f:2:1: expected JSON, found a byte 0");
    CHECK_THAT(refusal("[1\0]"s), StartsWith("f:1:3:"));
    CHECK_THAT(refusal("\0"s), StartsWith("f:1:1:"));
    CHECK(refusal(R"(["\u0000"])") == "accepted");
}

TEST_CASE("messages stay on one line whatever the file holds", "[json]") {
    const std::string message = refusal("[\"a\nb\x1b[31m\"]");
    CHECK(message.find('\n') == std::string::npos);
    CHECK(message.find('\x1b') == std::string::npos);
    CHECK(refusal("{\"a\\nb\": 1, \"a\\nb\": 1}") == "f: expected each key once, found the key \"a\\x0ab\" twice");
}

TEST_CASE("the decimal point does not depend on the locale", "[json]") {
    bool any = false;
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8"})
        any = any || std::setlocale(LC_NUMERIC, name) != nullptr;
    CHECK(digits("-1.5e-3") == "-1.5e-3");
    std::setlocale(LC_NUMERIC, "C");
    if (!any) WARN("no locale with a decimal comma is installed here");
}
