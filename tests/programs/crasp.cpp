#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "base/random.hpp"
#include "crasp_reference.hpp"
#include "programs/crasp/program.hpp"
#include "random_crasp.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::programs;
using attest::tests::CraspReference;

namespace {

const std::string min_max_choice =
    "alphabet 0 1\nc1 = #[Q(1)]\nc0 = #[Q(0)]\nleast = min(c1, c0)\nd = max(c1, c0) - least - 2\n"
    "r = (c0 < c1 ? least : d)\noutput_it = 0 < r\n";
const std::string majority = "alphabet 0 1\nmore = #[Q(1)] > #[Q(0)]\n";
const std::string at_least_three = "alphabet 0 1\nout = #[Q(1)] >= 3 // or more\n";
const std::string dyck_1 =
    "alphabet \"(\" \")\"\nopened = #[Q(\"(\")]\nclosed = #[Q(\")\")]\nbad = closed > opened\n"
    "balanced = #[bad] = 0 & opened = closed\n";
const std::string an_bn =
    "alphabet a b\nas = #[Q(a)]\nbs = #[Q(b)]\nlate = Q(a) & bs > 0\nout = #[late] = 0 & as = bs\n";
/// An odd number of 1s: some 1 has as many 1s before it as after it.
const std::string parity = "alphabet 0 1\nmiddle = Q(1) & #[Q(1)] = #>[Q(1)]\nodd = #[middle] >= 1\n";

network::Transformer compiled(const std::string& text, std::optional<bool> reuses = {}) {
    return crasp::compile(crasp::parse(text, "p.crasp"), {.reuses = reuses});
}

template <typename Accepts>
std::size_t differences(const network::Transformer& model, std::int64_t longest, const Accepts& accepts) {
    std::size_t wrong = 0;
    for (std::int64_t length = 1; length <= longest; ++length) {
        const network::Evaluator evaluator(model, length);
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            if (evaluator.evaluate(word).accepts != accepts(word)) ++wrong;
        } while (language::next_word(word, model.alphabet));
    }
    return wrong;
}

std::size_t differences(const std::string& text, const network::Transformer& model, std::int64_t longest) {
    CraspReference reference(text);
    REQUIRE(model.alphabet.symbols() == reference.alphabet());
    return differences(model, longest, [&](const language::Word& word) {
        std::vector<std::string> symbols;
        for (const auto s : word) symbols.push_back(model.alphabet.symbol(s));
        return reference.accepts(symbols);
    });
}

std::string refusal(const std::string& text) {
    return attest::tests::refused([&] { (void)crasp::parse(text, "p.crasp"); });
}

}  // namespace

TEST_CASE("C-RASP: what these programs are for, by another word for it") {
    const auto count = [](const language::Word& word, language::Symbol symbol) {
        return std::count(word.begin(), word.end(), symbol);
    };
    CHECK(differences(compiled(majority), 10, [&](const auto& w) { return count(w, 1) > count(w, 0); }) == 0);
    CHECK(differences(compiled(at_least_three), 9, [&](const auto& w) { return count(w, 1) >= 3; }) == 0);
    CHECK(differences(compiled(parity), 9, [&](const auto& w) { return count(w, 1) % 2 == 1; }) == 0);
    CHECK(differences(compiled(an_bn), 9, [&](const auto& w) {
              return std::is_sorted(w.begin(), w.end()) && count(w, 0) == count(w, 1);
          }) == 0);
    CHECK(differences(compiled(dyck_1), 9, [&](const auto& w) {
              long depth = 0, least = 0;
              for (const auto s : w) least = std::min(least, depth += s == 0 ? 1 : -1);
              return depth == 0 && least == 0;
          }) == 0);
}

TEST_CASE("C-RASP: least, greatest and choice accept 279 of the 510 words of 1 to 8 symbols") {
    const network::Transformer model = compiled(min_max_choice);
    const std::size_t rejected = differences(model, 8, [](const auto&) { return true; });
    CHECK(510 - rejected == 279);
    CHECK(differences(min_max_choice, model, 8) == 0);
}

TEST_CASE("C-RASP: the same answers as models that were made by hand") {
    for (const auto& [name, text] : std::map<std::string, std::string>{{"majority", majority},
                                                                       {"atleast3", at_least_three},
                                                                       {"dyck1", dyck_1},
                                                                       {"anbn", an_bn},
                                                                       {"minmaxif", min_max_choice}}) {
        const auto path = attest::tests::shared_data("crasp/" + name + ".json");
        if (!path) continue;
        const network::Transformer by_hand = formats::read_model(path->string()).transformer;
        CAPTURE(name);
        CHECK(differences(compiled(text), 8, [&](const auto& word) { return evaluate(by_hand, word).accepts; }) == 0);
    }
}

TEST_CASE("C-RASP: random programs, model against definition") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(150); ++trial) {
        const std::string text = attest::tests::random_crasp(random, trial % 2 == 1);
        CAPTURE(trial, text);
        REQUIRE(differences(text, compiled(text, false), 5) == 0);
        REQUIRE(differences(text, compiled(text, true), 3) == 0);
    }
}

TEST_CASE("C-RASP: the empty word is outside, and the model is of version 1") {
    for (const std::string& text : {majority, parity, std::string("alphabet a\nx = Q(a)\n")}) {
        const network::Transformer model = compiled(text);
        CHECK_THROWS_WITH(network::evaluate(model, {}), Catch::Contains("division by zero"));
        const std::string document = formats::write_model(model);
        CHECK(document.find("\"version\": 1") != std::string::npos);
        CHECK(differences(text, formats::parse_model(document, "m.json"), 4) == 0);
    }
}

TEST_CASE("C-RASP: comparisons of what is always the same cost nothing") {
    const network::Transformer model = compiled("alphabet a\nn = 2 * #[Q(a)]\nx = n + 1 > n & !(3 <= 2) | Q(a)\n");
    CHECK(model.layers.empty());
    CHECK(network::evaluate(model, {0}).accepts);
}

TEST_CASE("C-RASP: mistakes are told by line and column") {
    const std::string a = "alphabet a b\nx = Q(a)\nn = #[x]\n";
    CHECK(refusal("x = true\n") == "p.crasp: expected a line that begins with alphabet, found none");
    CHECK(refusal("alphabet a\n") == "p.crasp: expected a definition, found none");
    CHECK(refusal(a) == "p.crasp:line 3: expected a Boolean to put out, found the count \"n\"");
    CHECK(refusal(a + "output n\n") ==
          "p.crasp:line 4, column 8: expected a Boolean to put out, found the count \"n\"");
    CHECK(refusal(a + "x = true\n") ==
          "p.crasp:line 4, column 1: expected a new name, found \"x\" again, which line 2 defines");
    CHECK(refusal(a + "y = Q(c)\n") ==
          "p.crasp:line 4, column 7: expected a symbol of the alphabet, which stands above, found \"c\"");
    CHECK(refusal(a + "y = x < n\n") == "p.crasp:line 4, column 7: expected a count for '<', found a Boolean");
    CHECK(refusal(a + "y = n & x\n") == "p.crasp:line 4, column 7: expected a Boolean for '&', found a count");
    CHECK(refusal(a + "y = !n\n") == "p.crasp:line 4, column 5: expected a Boolean for '!', found a count");
    CHECK(refusal(a + "y = 1 < 2 < 3\n") == "p.crasp:line 4, column 11: expected a count for '<', found a Boolean");
    CHECK(refusal(a + "y = #[n] = 0\n") == "p.crasp:line 4, column 8: expected a Boolean for ']', found a count");
    CHECK(refusal(a + "y = (n ? 1 : 2) = 1\n") ==
          "p.crasp:line 4, column 8: expected a Boolean for '?', found a count");
    CHECK(refusal(a + "y = (x ? x : 2) = 1\n") ==
          "p.crasp:line 4, column 12: expected a count for ':', found a Boolean");
    CHECK(refusal(a + "y = (x ? 1 : x) = 1\n") ==
          "p.crasp:line 4, column 15: expected a count for ')', found a Boolean");
    CHECK(refusal(a + "y = min(1, x) = 1\n") == "p.crasp:line 4, column 13: expected a count for ')', found a Boolean");
    CHECK(refusal(a + "y = n * 2 = 1\n") ==
          "p.crasp:line 4, column 7: expected a number before '*', found something else");
    CHECK(refusal(a + "y = 1234567890123456 < n\n") ==
          "p.crasp:line 4, column 5: expected a number of at most 15 digits, found \"1234567890123456\"");
    CHECK(refusal(a + "y = (x\n") == "p.crasp:line 4, column 7: expected ')', found the end of the line");
    CHECK(refusal(a + "y = #[x\n") == "p.crasp:line 4, column 8: expected ']', found the end of the line");
    CHECK(refusal(a + "y = min(1)\n") == "p.crasp:line 4, column 10: expected ',', found \")\"");
    CHECK(refusal(a + "y = x)\n") == "p.crasp:line 4, column 6: expected the end of the line, found \")\"");
    CHECK(refusal(a + "y = x |\n") ==
          "p.crasp:line 4, column 8: expected a name, Q(…), a number, '#', '!' or '(', found the end of the line");
    CHECK(refusal(a + "Q = x\n") == "p.crasp:line 4, column 1: expected a name, found \"Q\"");
}

TEST_CASE("C-RASP: ten thousand brackets, and what the output does not need") {
    const std::string deep = std::string(10000, '(') + "x" + std::string(10000, ')');
    const std::string text = "alphabet a b\nx = Q(a)\nn = #[x]\ny = " + deep + " | !" + deep + "\noutput x\n";
    const crasp::Program program = crasp::parse(text, "p.crasp");
    CHECK(crasp::unused(program) == std::vector<std::string>{"n", "y"});
    std::string counts = "alphabet a b\ny = ", closing;
    for (int k = 0; k < 10000; ++k) {
        counts += "#[";
        closing += "] > 0";
    }
    CHECK(compiled(counts + "Q(a)" + closing + "\n").layers.size() == 20000);
}
