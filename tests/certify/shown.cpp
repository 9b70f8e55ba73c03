#include "checker/kernel/shown.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/quote.hpp"
#include "base/text.hpp"

// What a stranger wrote, as it is shown: attest and its checker share no code, but this table.

namespace {

using namespace std::string_literals;
using Cases = std::vector<std::pair<std::string, std::string>>;

const Cases cases = {
    {"", ""},
    {"plain é€𝔸 ∀", "plain é€𝔸 ∀"},
    {"\0"s, "\\x00"},
    {"a\nb\r\t\x1b[31m\x7f", "a\\x0ab\\x0d\\x09\\x1b[31m\\x7f"},
    {"\xc2\x80\xc2\x85\xc2\x9b\xc2\x9f",
     "\\xc2\\x80\\xc2\\x85\\xc2\\x9b\\xc2\\x9f"},                               // C1: next line, control sequence
    {"\xc2\xa0|\xc2\xa1", "\xc2\xa0|\xc2\xa1"},                                 // what follows the C1 is shown
    {"\u2028\u2029", "\\u2028\\u2029"},                                         // line, paragraph
    {"\u202a\u202e", "\\u202a\\u202e"},                                         // embedding, override
    {"\u2066\u2069", "\\u2066\\u2069"},                                         // isolates
    {"\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"},                            // marks of direction
    {"\u200b\u200c\u200d\u2060\ufeff", "\\u200b\\u200c\\u200d\\u2060\\ufeff"},  // without width
    {"\u00ad\u034f\u115f\u3164\ufe0f", "\\u00ad\\u034f\\u115f\\u3164\\ufe0f"},
    {"\U000e0041\ue000\uffff\U0010ffff", "\\ue0041\\ue000\\uffff\\u10ffff"},  // a tag, private use, no characters
    {"\u2010\u2027\u202f\u205f\u2070", "\u2010\u2027\u202f\u205f\u2070"},     // beside those
    {"\xff\xc3", "\\xff\\xc3"},                                               // no UTF-8, cut off
    {"\xc0\xaf\xe0\x80\xaf", "\\xc0\\xaf\\xe0\\x80\\xaf"},                    // overlong
    {"\xed\xa0\x80\xf4\x90\x80\x80", "\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80"},  // a surrogate, beyond the last
    {"\xe2\x80z\x80", "\\xe2\\x80z\\x80"},
};

}  // namespace

namespace attest {

TEST_CASE("what a stranger wrote is shown alike by attest and by its checker", "[certificate]") {
    for (const auto& [text, shown] : cases) {
        CAPTURE(shown);
        CHECK(base::printable(text, 2000) == shown);
        CHECK(checker::shown(text) == shown);
        CHECK(base::quoted(text, 2000) == '"' + shown + '"');
        CHECK(checker::quoted(text, 2000) == '"' + shown + '"');
    }
}

TEST_CASE("a quotation cannot be closed from within", "[certificate]") {
    const std::string text = R"x(x" recognises parity (\" or \))x";
    const std::string quoted = R"x("x\" recognises parity (\\\" or \\)")x";
    CHECK(base::quoted(text) == quoted);
    CHECK(checker::quoted(text) == quoted);
    CHECK(base::printable(text) == text);
    CHECK(checker::shown(text) == text);
}

TEST_CASE("long text is cut in the middle, by characters as they are shown", "[certificate]") {
    for (const std::size_t length : {10U, 11U, 12U, 1000U, 1'000'000U}) {
        std::string text;
        for (std::size_t k = 0; k < length; ++k) text += k < length / 2 ? "é" : "\u202e";
        CAPTURE(length);
        CHECK(checker::shown(text, 10) == base::printable(text, 10));
        CHECK(checker::quoted(text, 10) == base::quoted(text, 10));
    }
    CHECK(checker::shown("0123456789a", 10) == "01234…6789a");
}

TEST_CASE("a name stands as it is only where it can be read as nothing else", "[certificate]") {
    CHECK(base::named("chiang-cholak_parity.2") == "chiang-cholak_parity.2");
    CHECK(base::named("") == "\"\"");
    CHECK(base::named("no network") == "\"no network\"");
    CHECK(base::named("x\n") == "\"x\\x0a\"");
    CHECK(base::named(std::string(81, 'a')) == '"' + std::string(40, 'a') + "…" + std::string(40, 'a') + '"');
}

}  // namespace attest
