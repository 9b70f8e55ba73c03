#include "base/text.hpp"

#include <catch2/catch.hpp>

#include "refused.hpp"

using namespace attest::base;
using attest::tests::refused;
using namespace std::string_literals;

TEST_CASE("code points are those of UTF-8", "[text]") {
    CHECK(code_points("", "f").empty());
    CHECK(code_points("aé€𝄞", "f") == std::vector<std::string>{"a", "é", "€", "𝄞"});
    CHECK(code_points("\0\x7f"s, "f").size() == 2);
    CHECK(code_points("\xf4\x8f\xbf\xbf", "f").size() == 1);
}

TEST_CASE("overlong, surrogate, truncated and stray bytes are not UTF-8", "[text]") {
    for (const std::string& text :
         {"\xc0\x80"s, "\xc1\xbf"s, "\xe0\x9f\xbf"s, "\xf0\x8f\xbf\xbf"s, "\xed\xa0\x80"s, "\xf4\x90\x80\x80"s,
          "\xf5\x80\x80\x80"s, "\x80"s, "\xc3"s, "\xe2\x82"s, "\xf0\x9d\x84"s, "\xc3\x28"s, "\xff"s, "\xfe"s})
        CHECK(refused([&] { (void)code_points(text, "f:1"); }).find("f:1: expected UTF-8 text, found the byte 0x") ==
              0);
}

TEST_CASE("printable text has no control characters and no broken bytes", "[text]") {
    CHECK(printable("plain é€") == "plain é€");
    CHECK(printable("a\nb\t\x1b[31m\x7f"s) == "a\\x0ab\\x09\\x1b[31m\\x7f");
    CHECK(printable("\0"s) == "\\x00");
    CHECK(printable("\xff\xc3") == "\\xff\\xc3");
    CHECK(printable("\xc2\x9b"
                    "31m \xc2\xa0") == "\\xc2\\x9b31m \xc2\xa0");
}

TEST_CASE("long text is cut in the middle", "[text]") {
    CHECK(printable("0123456789", 10) == "0123456789");
    CHECK(printable("0123456789a", 10) == "01234…6789a");
    CHECK(printable(std::string(1000000, 'x'), 4) == "xx…xx");
    CHECK(printable("éééééé", 4) == "éé…éé");
}

TEST_CASE("the nearest candidate is a likely slip or none", "[text]") {
    const std::vector<std::string> keys = {"alphabet", "embedding", "layers", "readout"};
    CHECK(nearest("layer", keys) == "layers");
    CHECK(nearest("alhpabet", keys) == "alphabet");
    CHECK(nearest("readout", keys) == "readout");
    CHECK(nearest("embeddings", keys) == "embedding");
    CHECK(nearest("tensors", keys).empty());
    CHECK(nearest("", keys).empty());
    CHECK(nearest("x", {}).empty());
}
