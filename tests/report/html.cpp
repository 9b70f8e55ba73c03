#include "report/html.hpp"

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "base/text.hpp"
#include "hostile.hpp"
#include "report/markup.hpp"
#include "seed.hpp"
#include "xml.hpp"

using namespace attest::report;
using attest::tests::hostile_texts;
using attest::tests::parsed;

namespace {

/// The text that a reader of markup sees, by a second way: entities undone one after another.
std::string unescaped(std::string text) {
    const std::pair<std::string, std::string> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    for (const auto& [entity, character] : entities)
        for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; at += character.size())
            text.replace(at, entity.size(), character);
    return text;
}

}  // namespace

TEST_CASE("no character of markup is left of any text", "[report]") {
    for (const std::string& text : hostile_texts()) {
        CAPTURE(text);
        const std::string markup = escaped(text);
        CHECK(markup.find_first_of("<>\"'") == std::string::npos);
        CHECK(unescaped(markup) == visible(text));
    }
}

TEST_CASE("random bytes become visible text that says the same twice", "[report]") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("seed " << seed);
    attest::base::Random random(seed);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes;
        for (std::uint64_t k = random.below(12); k > 0; --k) bytes += static_cast<char>(random.below(256));
        const std::string shown = visible(bytes);
        CAPTURE(bytes, shown);
        CHECK(visible(shown) == shown);
        CHECK(attest::base::printable(shown, SIZE_MAX) == shown);  // valid UTF-8 without control characters
        CHECK(unescaped(escaped(bytes)) == shown);
    }
}

TEST_CASE("what cannot be seen is spelled out, what can is left", "[report]") {
    CHECK(visible("x₁ ∧ ¬x₂ é 字 🙂") == "x₁ ∧ ¬x₂ é 字 🙂");
    CHECK(visible("a\xe2\x80\xae"
                  "b") == "a\\u202eb");
    CHECK(visible("a\xef\xbb\xbf") == "a\\ufeff");
    CHECK(visible("\x1b[0m").find('\x1b') == std::string::npos);
}

TEST_CASE("elements close in order, and texts come back as they were put in", "[report]") {
    for (const std::string& text : hostile_texts()) {
        CAPTURE(text);
        Html html;
        {
            const auto body = html.element("body", {{"title", text}});
            html.leaf("p", text, {{"class", "note"}});
            html.empty("meta", {{"content", text}});
            const auto list = html.element("ul");
            html.leaf("li", "1");
        }
        const auto tree = parsed(html.take());
        CHECK(tree.get<std::string>("body.<xmlattr>.title") == visible(text));
        CHECK(tree.get<std::string>("body.p") == visible(text));
        CHECK(tree.get<std::string>("body.meta.<xmlattr>.content") == visible(text));
        CHECK(tree.get<std::string>("body.ul.li") == "1");
        CHECK(tree.get_child("body").size() == 4);  // attributes, p, meta, ul
    }
}
