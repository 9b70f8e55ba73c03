#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/network/evaluate.hpp"
#include "base/random.hpp"
#include "programs/foc/program.hpp"
#include "random_foc.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::programs;
using language::Word;

namespace {

using Predicate = std::function<bool(const Word&)>;

std::string read_refusal(const std::string& text) {
    return attest::tests::refused([&] { (void)foc::parse(text, "p.foc"); });
}

/// Words up to this length over so many symbols, shortest first.
std::vector<Word> words_up_to(std::size_t longest, language::Symbol symbols) {
    std::vector<Word> words{{}};
    for (std::size_t k = 0; k < words.size() && words[k].size() < longest; ++k)
        for (language::Symbol a = 0; a < symbols; ++a) {
            words.push_back(words[k]);
            words.back().push_back(a);
        }
    return words;
}

std::int64_t number_of(const Word& word, language::Symbol a) { return std::count(word.begin(), word.end(), a); }

/// Formula, normal form, what the normal form's text says, and the network: words on which any of the last three differs from
/// the first.
std::size_t differences(const foc::Program& program, std::size_t longest, bool networks = true) {
    const foc::NormalForm normal = foc::normal_form(program);
    const foc::Program again = foc::parse(foc::write(normal), "n.foc");
    const network::Transformer model = foc::compile(normal);
    std::size_t wrong = 0;
    for (const Word& word : words_up_to(longest, static_cast<language::Symbol>(program.alphabet.size()))) {
        const bool holds = foc::holds(program, word);
        if (normal.holds(word) != holds || foc::holds(again, word) != holds) ++wrong;
        if (networks && network::evaluate(model, word).accepts != holds) ++wrong;
    }
    return wrong;
}

void check_language(const std::string& text, const Predicate& contains, std::size_t longest) {
    CAPTURE(text);
    const foc::Program program = foc::parse(text, "p.foc");
    for (const Word& word : words_up_to(longest, static_cast<language::Symbol>(program.alphabet.size())))
        REQUIRE(foc::holds(program, word) == contains(word));
    CHECK(differences(program, longest) == 0);
}

}  // namespace

TEST_CASE("FOC: the formulas of the literature") {
    check_language(
        "alphabet 0 1\nexists x exists y (exactly x p 1(p) & x = y + y)\n",
        [](const Word& w) { return number_of(w, 1) % 2 == 0; }, 9);
    check_language(
        "alphabet 0 1\nexists x exists y (exactly x p 1(p) & exactly y p 0(p) & y < x)\n",
        [](const Word& w) { return number_of(w, 1) > number_of(w, 0); }, 9);
    check_language(
        "alphabet a b\nexists x exists y (exactly x p (a(p) & p mod 2 = 1) & exactly x p a(p) &"
        " exactly y p (b(p) & p mod 2 = 0) & exactly y p b(p) & x = y & x > 0)\n",
        [](const Word& w) {
            for (std::size_t i = 0; i < w.size(); ++i)
                if (w[i] != i % 2) return false;
            return !w.empty() && w.size() % 2 == 0;
        },
        9);
    check_language(
        "alphabet a b c\nexists x (exactly x p a(p) & exactly x p b(p) & exactly 2*x p c(p))\n",
        [](const Word& w) { return number_of(w, 0) == number_of(w, 1) && number_of(w, 2) == 2 * number_of(w, 0); }, 7);
}

TEST_CASE("FOC: quantifiers, and what they are short for") {
    check_language(
        "alphabet a b\nsome p (a(p) & p mod 3 = 0)\n",
        [](const Word& w) {
            for (std::size_t i = 2; i < w.size(); i += 3)
                if (w[i] == 0) return true;
            return false;
        },
        8);
    check_language(
        "alphabet a b\nevery p (a(p) | p mod 2 = 0)\n",
        [](const Word& w) {
            for (std::size_t i = 0; i < w.size(); i += 2)
                if (w[i] != 0) return false;
            return true;
        },
        8);
    check_language(
        "alphabet a b\nexactly 3 p a(p)\n", [](const Word& w) { return number_of(w, 0) == 3; }, 8);
    // A count is at most the length.
    check_language(
        "alphabet a b\nforall x (x <= 4)\n", [](const Word& w) { return w.size() <= 4; }, 7);
    check_language(
        "alphabet a b\nexists x (2*x = 8)\n", [](const Word& w) { return w.size() >= 4; }, 7);
    // As many positions as there are b, but only where some a is.
    check_language(
        "alphabet a b\nexists x exists y (exactly y p b(p) & exactly x p (a(p) | y >= 2) & x mod 2 = 1)\n",
        [](const Word& w) {
            return (number_of(w, 1) >= 2 ? static_cast<std::int64_t>(w.size()) : number_of(w, 0)) % 2 == 1;
        },
        8);
    check_language(
        "alphabet a b\nexactly 0 p exactly 2 q (a(p) & b(q))\n",
        [](const Word& w) { return number_of(w, 0) == 0 || number_of(w, 1) != 2; }, 8);
    check_language(
        "alphabet 10 \"x(\" exists\nexists x (exactly x p (10(p) | \"exists\"(p)) & exactly x p \"x(\"(p))\n",
        [](const Word& w) { return number_of(w, 0) + number_of(w, 2) == number_of(w, 1); }, 5);
}

TEST_CASE("FOC: random formulas, the normal form, its text and the network against the definition") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    std::size_t done = 0;
    for (std::uint64_t trial = 0; trial < attest::tests::trials(300); ++trial) {
        const std::string text = attest::tests::RandomFoc(random).formula(4);
        CAPTURE(trial, text);
        const foc::Program program = foc::parse("alphabet a b\n" + text + "\n", "p.foc");
        try {
            REQUIRE(differences(program, 5, trial % 4 == 0) == 0);
            ++done;
        } catch (const base::Unsupported&) {
            continue;  // the normal form is too large
        }
    }
    CHECK(done * 10 >= attest::tests::trials(300) * 9);
}

TEST_CASE("FOC: what a network of a formula consists of") {
    const auto layers = [](const std::string& text) {
        std::size_t count = 0;
        for (const network::Layer& layer : foc::compile(foc::parse("alphabet a b\n" + text + "\n", "p.foc")).layers)
            count += layer.attention ? 1 : 0;
        return count;
    };
    CHECK(layers("true") == 0);
    CHECK(layers("exists x exists y (exactly x p a(p) & exactly y p b(p) & x < y)") == 1);
    CHECK(layers("exists x (exactly x p a(p) & x mod 3 = 1)") == 2);
}

TEST_CASE("FOC: what binds tighter, names, and what the output does not need") {
    const auto same = [](const std::string& one, const std::string& other) {
        const std::string head = "alphabet a b c\n";
        return foc::formula_file(foc::parse(head + one + "\n", "p")) ==
               foc::formula_file(foc::parse(head + other + "\n", "p"));
    };
    const std::string a = "some p a(p)", b = "some p b(p)", c = "some p c(p)";
    CHECK(same(a + " | " + b + " & " + c, a + " | (" + b + " & " + c + ")"));
    CHECK(same(a + " -> " + b + " -> " + c, a + " -> (" + b + " -> " + c + ")"));
    CHECK(same("!" + a + " & " + b, "(!" + a + ") & " + b));
    CHECK(same("exists x exactly x p a(p) & " + b, "(exists x (exactly x p (a(p)))) & " + b));
    CHECK(same("x = " + a + "\ny = !x\noutput x", a));
    const foc::Program program = foc::parse("alphabet a\nz = some p a(p)\ny = true\n!y\n", "p.foc");
    CHECK(foc::unused(program) == std::vector<std::string>{"z"});
}

TEST_CASE("FOC: mistakes are told by line and column") {
    const std::string a = "alphabet a b\n";
    CHECK(read_refusal("") == "p.foc: expected a line that begins with alphabet, found none");
    CHECK(read_refusal(a) == "p.foc: expected a formula, found none");
    CHECK(read_refusal(a + "some p a(q)\n") ==
          "p.foc:line 2, column 10: expected a position that a quantifier binds, found \"q\"");
    CHECK(read_refusal(a + "exists x a(x)\n") ==
          "p.foc:line 2, column 12: expected a position that a quantifier binds, found \"x\"");
    CHECK(read_refusal(a + "some p c(p)\n") ==
          "p.foc:line 2, column 8: expected a symbol of the alphabet, found \"c\"");
    CHECK(read_refusal(a + "exists x (x + y = 2)\n") ==
          "p.foc:line 2, column 15: expected a count that a quantifier binds, or a number, found \"y\"");
    CHECK(read_refusal(a + "exists x x\n") ==
          "p.foc:line 2, column 11: expected =, !=, <, <=, >, >= or mod, found the end of the line");
    CHECK(read_refusal(a + "some p p mod 3 = 3\n") ==
          "p.foc:line 2, column 18: expected a whole number from 0 to 2, found \"3\"");
    CHECK(read_refusal(a + "some p p = 3\n") == "p.foc:line 2, column 10: expected 'mod', found \"=\"");
    CHECK(read_refusal(a + "(true\n") == "p.foc:line 2, column 6: expected ')', found the end of the line");
    CHECK(read_refusal(a + "true)\n") == "p.foc:line 2, column 5: expected the end of the line, found \")\"");
    CHECK(read_refusal(a + "exists 3 true\n") ==
          "p.foc:line 2, column 8: expected the name of a variable, found \"3\"");
    CHECK(read_refusal(a + "true\nfalse\n") ==
          "p.foc:line 3, column 1: expected one formula that is put out, found a second");
    const std::string operand =
        "expected a symbol of a position such as a(p), a count, true, false, a name that is "
        "defined above, a quantifier, '!' or '('";
    CHECK(read_refusal(a + "z\n") == "p.foc:line 2, column 1: " + operand + ", found \"z\"");
    CHECK(read_refusal(a + "true &\n") == "p.foc:line 2, column 7: " + operand + ", found the end of the line");
    CHECK(read_refusal(a + std::string(2000, '!') + "true\n").find("nests at most 1000 deep") != std::string::npos);
}
