#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/language/language.hpp"

namespace attest::language {

namespace {

/// What is said to a name that is refused; the kind of error first.
std::string refusal(const std::string& text, const std::optional<Alphabet>& over = std::nullopt) {
    try {
        Language::parse(text, over);
    } catch (const base::UsageError& error) {
        return std::string("usage: ") + error.what();
    } catch (const base::InputError& error) {
        return std::string("input: ") + error.what();
    } catch (const base::Unsupported& error) {
        return std::string("unsupported: ") + error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("an unknown language is refused with the nearest name", "[language]") {
    CHECK(refusal("pairty") ==
          "usage: unknown language 'pairty'; did you mean parity? ('attest languages' lists them)");
    CHECK(refusal("Dyck:2") ==
          "usage: unknown language 'Dyck:2'; did you mean dyck:K or dyck:K,D? ('attest languages' lists them)");
    CHECK(refusal("tomit:3") ==
          "usage: unknown language 'tomit:3'; did you mean tomita:1? ('attest languages' lists them)");
    CHECK(refusal("xyzzyxyzzy") == "usage: unknown language 'xyzzyxyzzy' ('attest languages' lists them)");
    CHECK(refusal("") == "usage: unknown language '' ('attest languages' lists them)");
    CHECK(refusal("\n\xff") == "usage: unknown language '\\x0a\\xff' ('attest languages' lists them)");
}

TEST_CASE("a language with a wrong number of parameters is refused", "[language]") {
    CHECK(refusal("parity:3") == "usage: language 'parity:3': parity takes no parameter");
    CHECK(refusal("majority:") == "usage: language 'majority:': majority takes no parameter");
    CHECK(refusal("palindrome:01") == "usage: language 'palindrome:01': palindrome takes no parameter");
    CHECK(refusal("regex") == "usage: language 'regex': expected regex:PATTERN");
    CHECK(refusal("dyck") == "usage: language 'dyck': expected dyck:K or dyck:K,D");
    CHECK(refusal("dyck:1,2,3") == "usage: language 'dyck:1,2,3': expected dyck:K or dyck:K,D, as in dyck:2,3");
    CHECK(refusal("mod:3") == "usage: language 'mod:3': expected mod:M,R, as in mod:3,0");
    CHECK(refusal("contains:") ==
          "usage: language 'contains:': expected a word of at least one symbol, as in contains:101");
    for (const std::string text : {"tomita", "tomita:", "tomita:0", "tomita:8", "tomita:01", "tomita:x"})
        CHECK(refusal(text) == "usage: language '" + text + "': expected tomita:1, tomita:2, … or tomita:7");
}

TEST_CASE("a number outside its range is refused", "[language]") {
    const std::string modulus = "expected a whole number M with 1 <= M <= 4096, found ";
    CHECK(refusal("mod:0,1") == "usage: language 'mod:0,1': " + modulus + "'0'");
    CHECK(refusal("mod:4097,1") == "usage: language 'mod:4097,1': " + modulus + "'4097'");
    CHECK(refusal("mod:,1") == "usage: language 'mod:,1': " + modulus + "''");
    CHECK(refusal("mod:-3,1") == "usage: language 'mod:-3,1': " + modulus + "'-3'");
    CHECK(refusal("mod:+3,1") == "usage: language 'mod:+3,1': " + modulus + "'+3'");
    CHECK(refusal("mod:03,1") == "usage: language 'mod:03,1': " + modulus + "'03'");
    CHECK(refusal("mod:3.0,1") == "usage: language 'mod:3.0,1': " + modulus + "'3.0'");
    CHECK(refusal("mod:99999999999999999999999,1") ==
          "usage: language 'mod:99999999999999999999999,1': " + modulus + "'99999999999999999999999'");
    CHECK(refusal("mod:3,3") == "usage: language 'mod:3,3': expected a whole number R with 0 <= R <= 2, found '3'");
    CHECK(refusal("mod:3, 1") == "usage: language 'mod:3, 1': expected a whole number R with 0 <= R <= 2, found ' 1'");
    CHECK(refusal("dyck:0") == "usage: language 'dyck:0': expected a whole number K with 1 <= K <= 30, found '0'");
    CHECK(refusal("dyck:31") == "usage: language 'dyck:31': expected a whole number K with 1 <= K <= 30, found '31'");
    CHECK(refusal("dyck:1,0") ==
          "usage: language 'dyck:1,0': expected a whole number D with 1 <= D <= "
          "18446744073709551615, found '0'");
    CHECK(refusal("dyck:1,18446744073709551616") ==
          "usage: language 'dyck:1,18446744073709551616': expected a whole number D with 1 <= D <= "
          "18446744073709551615, found '18446744073709551616'");
}

TEST_CASE("a bad truth table is refused", "[language]") {
    CHECK(refusal("table:xyz") == "input: truth table:1: expected a hexadecimal digit, found 'x'");
    CHECK(refusal("table:0é") == "input: truth table:2: expected a hexadecimal digit, found 'é'");
    CHECK(refusal("table:0x12") == "input: truth table:2: expected a hexadecimal digit, found 'x'");
    CHECK(refusal("table:") ==
          "input: truth table: expected 1, 2, 4, 8, … hexadecimal digits (a quarter of a power of two), "
          "found 0");
    CHECK(refusal("table:123") ==
          "input: truth table: expected 1, 2, 4, 8, … hexadecimal digits (a quarter of a power of two), "
          "found 3");
    const Language table = Language::parse("table:1234", std::nullopt);
    CHECK_THROWS_MATCHES(table.contains({0, 1}), base::UsageError,
                         Catch::Message("language 'table:1234' is defined at length 4, not at 2"));
    CHECK_THROWS_AS(table.count(5), base::UsageError);
}

TEST_CASE("a factor or pattern outside the alphabet is refused", "[language]") {
    const Alphabet binary({"0", "1"});
    CHECK(refusal("contains:012", binary) ==
          "input: word of contains:3: expected a symbol of the alphabet {0, 1}, found '2'");
    CHECK(refusal("regex:0|a", binary) ==
          "input: regular expression:3: expected a symbol of the alphabet {0, 1}, found 'a'");
    CHECK(refusal("contains:\xff") == "input: word of contains: expected UTF-8 text, found the byte 0xff");
    CHECK(refusal("regex:[\x01-\xf4\x8f\xbf\xbf]") ==
          "input: regular expression:2: expected at most 1000 symbols where no alphabet is given, found more");
}

}  // namespace attest::language
