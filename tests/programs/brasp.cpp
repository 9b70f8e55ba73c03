#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "base/random.hpp"
#include "brasp_reference.hpp"
#include "programs/brasp/program.hpp"
#include "random_brasp.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::programs;
using attest::tests::BraspReference;

namespace {

network::Transformer compiled(const std::string& text, std::optional<bool> reuses = {}) {
    return brasp::compile(brasp::parse(text, "p.brasp"), {.reuses = reuses});
}

/// Words on which the model and the definition differ, of all up to this length.
std::size_t differences(const std::string& text, const network::Transformer& model, std::int64_t longest) {
    BraspReference reference(text);
    REQUIRE(model.alphabet.symbols() == reference.alphabet());
    std::size_t wrong = 0;
    for (std::int64_t length = 0; length <= longest; ++length) {
        const network::Evaluator evaluator(model, length);
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            std::vector<std::string> symbols;
            for (const auto s : word) symbols.push_back(model.alphabet.symbol(s));
            if (evaluator.evaluate(word).accepts != reference.accepts(symbols)) ++wrong;
        } while (language::next_word(word, model.alphabet));
    }
    return wrong;
}

std::string refusal(const std::string& text) {
    return attest::tests::refused([&] { (void)brasp::parse(text, "p.brasp"); });
}

}  // namespace

TEST_CASE("B-RASP: programs of their own makers, model against definition on all short words") {
    for (const char* name : {"a_star_b_star", "at_least_two_a", "contains_abc", "dyck_d2", "repeat_final"}) {
        const auto path = attest::tests::shared_data(fmt::format("brasp/{}.brasp", name));
        if (!path) continue;
        CAPTURE(name);
        const std::string text = base::read_file(path->string());
        CHECK(differences(text, compiled(text), 6) == 0);
        CHECK(differences(text, compiled(text, true), 5) == 0);
    }
}

TEST_CASE("B-RASP: random programs, model against definition, whether coordinates are used again or not") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(150); ++trial) {
        const std::string text = attest::tests::random_brasp(random);
        CAPTURE(trial, text);
        REQUIRE(differences(text, compiled(text, false), 4) == 0);
        REQUIRE(differences(text, compiled(text, true), 3) == 0);
    }
}

TEST_CASE("B-RASP: the model that is written is the one that is read") {
    const std::string text =
        "alphabet 0 1\none = symbol 1\nlast = rightmost(true, one@j)\nfirst = leftmost(!one@i | one@j, one@j)\n"
        "output last & first\n";
    CHECK(refusal(text) == "p.brasp:line 5, column 13: expected the end of the line, found \"&\"");
    const std::string whole = text.substr(0, text.rfind("output")) + "r = last & !first\n";
    const network::Transformer model = compiled(whole);
    const network::Transformer again = formats::parse_model(formats::write_model(model), "m.json");
    CHECK(differences(whole, again, 6) == 0);
    CHECK(formats::write_model(model).find("\"version\": 1") != std::string::npos);
}

TEST_CASE("B-RASP: precedence, comments, symbols in quotation marks and of several characters") {
    const std::string text =
        "alphabet \"(\" \")\" ab # the alphabet\r\n"
        "o = symbol \"(\"\r\n"
        "c=symbol \")\"\r\n"
        "x = symbol ab#comment\r\n"
        "\r\n"
        "y = o | c & !x | !!x & true\r\n";
    const network::Transformer model = compiled(text);
    CHECK(model.alphabet.symbols() == std::vector<std::string>{"(", ")", "ab"});
    CHECK(differences(text, model, 3) == 0);
}

TEST_CASE("B-RASP: mistakes are told by line and column") {
    const std::string a = "alphabet a b\nx = symbol a\n";
    CHECK(refusal("x = bos\n") == "p.brasp: expected a line that begins with alphabet, found none");
    CHECK(refusal("alphabet a\n") == "p.brasp: expected a definition, found none");
    CHECK(refusal(a + "alphabet c\n") == "p.brasp:line 3, column 1: expected one alphabet, found a second");
    CHECK(refusal("alphabet a a\n") ==
          "p.brasp:line 1, column 12: expected symbols that are distinct, found \"a\" twice");
    CHECK(refusal(a + "x = bos\n") ==
          "p.brasp:line 3, column 1: expected a new name, found \"x\" again, which line 2 defines");
    CHECK(refusal(a + "y = z\n") == "p.brasp:line 3, column 5: expected a name that is defined above, found \"z\"");
    CHECK(refusal(a + "y = y\n") == "p.brasp:line 3, column 5: expected a name that is defined above, found \"y\"");
    CHECK(refusal(a + "y = x@j\n") ==
          "p.brasp:line 3, column 6: expected @ within rightmost and leftmost only, found \"@\"");
    CHECK(refusal(a + "y = symbol c\n") == "p.brasp:line 3, column 12: expected a symbol of the alphabet, found \"c\"");
    CHECK(refusal(a + "y = (x\n") == "p.brasp:line 3, column 7: expected ')', found the end of the line");
    CHECK(refusal(a + "y = x)\n") == "p.brasp:line 3, column 6: expected the end of the line, found \")\"");
    CHECK(refusal(a + "y = x &\n") ==
          "p.brasp:line 3, column 8: expected a name, true, false, '!' or '(', found the end of the line");
    CHECK(refusal(a + "y = rightmost(x@k, x)\n") == "p.brasp:line 3, column 17: expected 'i', found \"k\"");
    CHECK(refusal(a + "y = rightmost(x)\n") == "p.brasp:line 3, column 16: expected ',', found \")\"");
    CHECK(refusal(a + "y = const maybe\n") == "p.brasp:line 3, column 11: expected true or false, found \"maybe\"");
    CHECK(refusal(a + "3 = x\n") == "p.brasp:line 3, column 1: expected alphabet, output or a name, found \"3\"");
    CHECK(refusal(a + "y x\n") == "p.brasp:line 3, column 3: expected '=', found \"x\"");
    CHECK(refusal(a + "output y\n") == "p.brasp:line 3, column 8: expected a name that is defined above, found \"y\"");
    CHECK(refusal(a + "output x\noutput x\n") == "p.brasp:line 4, column 1: expected one output, found a second");
    CHECK(refusal("alphabet \"a\n") ==
          "p.brasp:line 1, column 10: expected a '\"' that ends the symbol, found the end of the line");
}

TEST_CASE("B-RASP: ten thousand parentheses, and what the output does not need") {
    const std::string deep = std::string(10000, '(') + "x" + std::string(10000, ')');
    const std::string text = "alphabet a b\nx = symbol a\nz = rightmost(x@j, true)\ny = " + deep + " | " +
                             std::string(10001, '!') + "x & !" + deep + "\noutput x\n";
    const brasp::Program program = brasp::parse(text, "p.brasp");
    CHECK(brasp::unused(program) == std::vector<std::string>{"z", "y"});
    CHECK(brasp::compile(program).layers.empty());
    const network::Transformer all = compiled(text.substr(0, text.rfind("output")));
    CHECK(network::evaluate(all, {0}).accepts);
    CHECK(network::evaluate(all, {1}).accepts);
}

TEST_CASE("B-RASP: a symbol seen before costs a question a symbol, not one for each set of them") {
    std::string text = "alphabet", same;
    for (int k = 0; k < 60; ++k) text += fmt::format(" s{}", k);
    text += "\n";
    for (int k = 0; k < 60; ++k) {
        text += fmt::format("q{} = symbol s{}\n", k, k);
        same += fmt::format("{}q{}@i & q{}@j", k == 0 ? "" : " | ", k, k);
    }
    const network::Transformer model = compiled(text + "seen = rightmost(" + same + ", true)\n");
    REQUIRE(model.layers[0].attention->heads.size() == 1);
    CHECK(model.layers[0].attention->heads[0].query_rows() == 60);
    CHECK(network::evaluate(model, {1, 59, 7, 1}).accepts);
    CHECK_FALSE(network::evaluate(model, {1, 59, 7, 2}).accepts);
}

TEST_CASE("B-RASP: a value that joins i and j often has a coordinate for each question, not for each pair") {
    const auto pairs = [](std::size_t k, const char* apart) {
        std::string text = "alphabet", bad;
        for (std::size_t a = 0; a < k; ++a) text += fmt::format(" s{}", a);
        for (std::size_t a = 0; a < k; ++a) text += fmt::format("\nf{0} = symbol s{0}", a);
        for (std::size_t a = 0; a < k; ++a)
            for (std::size_t b = 0; b < a; ++b) bad += fmt::format("{}f{}@i & f{}@j", bad.empty() ? "" : " | ", b, a);
        return text + fmt::format("\nworse = rightmost({}, {})\nout = !worse\noutput out\n", apart, bad);
    };
    for (const char* score : {"true", "!f1@j", "f0@i & f2@j | f3@j"}) {
        const std::string text = pairs(7, score);
        CHECK(differences(text, compiled(text), 3) == 0);
    }
    CHECK(compiled(pairs(40, "true")).dimension < 8 * 40);
}

TEST_CASE("B-RASP: too many questions are refused by the line of the definition") {
    std::string text = "alphabet a b\nx = symbol a\n", score;
    for (int k = 0; k < 13; ++k) {
        text += fmt::format("p{} = rightmost({}@j, true)\n", k, k == 0 ? "x" : fmt::format("p{}", k - 1));
        score += fmt::format("{}p{}@i & p{}@j", k == 0 ? "" : " | ", k, k);
    }
    text += "y = rightmost(" + score + ", true)\n";
    CHECK_THROWS_WITH(compiled(text), Catch::StartsWith("line 16: y asks more than 4096 questions"));
}

TEST_CASE("B-RASP: 20,000 layers of attention are compiled in one pass, with coordinates used again") {
    std::string text = "alphabet a b\np0 = symbol a\n";
    for (int k = 1; k <= 20000; ++k) text += fmt::format("p{} = rightmost(true, p{}@j)\n", k, k - 1);
    const network::Transformer model = compiled(text);
    CHECK(model.layers.size() == 20000);
    CHECK(model.dimension <= 4);
}
