#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "base/random.hpp"
#include "ltl_reference.hpp"
#include "programs/ltl/program.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::programs;
using attest::tests::LtlFormula;

namespace {

network::Transformer compiled(const std::string& text) { return ltl::compile(ltl::parse(text, "p.ltl")); }

/// Words on which the model and the definition differ, of all up to this length.
std::size_t differences(const LtlFormula& formula, const network::Transformer& model, std::int64_t longest) {
    std::size_t wrong = 0;
    for (std::int64_t length = 0; length <= longest; ++length) {
        const network::Evaluator evaluator(model, length);
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            std::vector<std::string> symbols;
            for (const auto s : word) symbols.push_back(model.alphabet.symbol(s));
            if (evaluator.evaluate(word).accepts != formula.accepts(symbols)) ++wrong;
        } while (language::next_word(word, model.alphabet));
    }
    return wrong;
}

bool accepts(const network::Transformer& model, const std::string& word) {
    const language::Word symbols = model.alphabet.parse(word, "word");
    return network::evaluate(model, symbols).accepts;
}

std::string refusal(const std::string& text) {
    return attest::tests::refused([&] { (void)ltl::parse(text, "p.ltl"); });
}

LtlFormula::Pointer random_formula(base::Random& random, int depth) {
    static const std::vector<std::string> unary = {"!", "Y", "Z", "P", "O", "H", "X", "N", "F", "E", "G"};
    static const std::vector<std::string> binary = {"&", "|", "->", "<->", "S", "Si", "U", "Ui", "S", "Si"};
    const std::uint64_t kind = depth == 0 ? 0 : random.below(8);
    if (kind == 0) {
        switch (random.below(8)) {
            case 0: return LtlFormula::constant(random.chance(1, 2));
            case 1: return LtlFormula::empty();
            case 2: {
                const int m = 1 + static_cast<int>(random.below(3));
                return LtlFormula::remainder(m, static_cast<int>(random.below(static_cast<std::uint64_t>(m))));
            }
            default: return LtlFormula::symbol(random.chance(1, 2) ? "a" : random.chance(1, 2) ? "b" : "c");
        }
    }
    if (kind < 4) return LtlFormula::unary(unary[random.below(unary.size())], random_formula(random, depth - 1));
    return LtlFormula::binary(binary[random.below(binary.size())], random_formula(random, depth - 1),
                              random_formula(random, depth - 1));
}

}  // namespace

TEST_CASE("LTL: random formulas, the network against the definition on all short words") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(200); ++trial) {
        const LtlFormula::Pointer formula = random_formula(random, 4);
        CAPTURE(trial, formula->text);
        const network::Transformer model = compiled("alphabet a b c\n" + formula->text + "\n");
        REQUIRE(differences(*formula, model, 4) == 0);
    }
}

TEST_CASE("LTL: the languages of the literature") {
    const network::Transformer ab = compiled("alphabet a b\nb & H (b -> Y a) & H (a & Y true -> Y b)\n");
    for (const char* word : {"ab", "abab", "ababab"}) CHECK(accepts(ab, word));
    for (const char* word : {"", "a", "b", "ba", "aab", "abb", "abba"}) CHECK_FALSE(accepts(ab, word));
    const network::Transformer even = compiled("alphabet a\nempty | mod(2, 0)\n");
    CHECK(accepts(even, ""));
    CHECK_FALSE(accepts(even, "aaa"));
    CHECK(accepts(even, "aaaa"));
}

TEST_CASE("LTL: what binds tighter, what groups to which side, names, and quotation marks") {
    const auto same = [](const std::string& one, const std::string& other) {
        const std::string head = "alphabet a b c\n";
        return formats::write_model(compiled(head + one + "\n")) == formats::write_model(compiled(head + other + "\n"));
    };
    CHECK(same("a | b & c", "a | (b & c)"));
    CHECK(same("a & b S c", "a & (b S c)"));
    CHECK(same("!a S b", "(!a) S b"));
    CHECK(same("Y a & b", "(Y a) & b"));
    CHECK(same("a S b S c", "a S (b S c)"));
    CHECK(same("a -> b -> c", "a -> (b -> c)"));
    CHECK(same("a | b -> c <-> a", "((a | b) -> c) <-> a"));
    CHECK(same("! ! Y Y a", "Y Y a"));
    CHECK(same("x = a | b # not c\ny = Y x\ny", "Y (a | b)"));
    CHECK(same("x = a\ny = Y x\noutput x", "a"));
    CHECK(same("x = a\ny = Y \"a\"", "Y a"));
    const network::Transformer quoted = compiled("alphabet \"S\" \"(\" ab\n\"S\" & Y \"(\" | ab\n");
    CHECK(quoted.alphabet.symbols() == std::vector<std::string>{"S", "(", "ab"});
    CHECK_FALSE(compiled("alphabet 0 1\n1\n").alphabet.symbols().empty());
}

TEST_CASE("LTL: mistakes are told by line and column") {
    const std::string a = "alphabet a b\n";
    CHECK(refusal("") == "p.ltl: expected a line that begins with alphabet, found none");
    CHECK(refusal(a) == "p.ltl: expected a formula, found none");
    CHECK(refusal("x = a\n") ==
          "p.ltl:line 1, column 1: expected a line that begins with alphabet before all others, found \"x\"");
    const std::string operand =
        "expected a symbol, a name that is defined above, true, false, empty, mod, an operator or '('";
    CHECK(refusal(a + "a & c\n") == "p.ltl:line 2, column 5: " + operand + ", found \"c\"");
    CHECK(refusal(a + "a &\n") == "p.ltl:line 2, column 4: " + operand + ", found the end of the line");
    CHECK(refusal(a + "S a\n") == "p.ltl:line 2, column 1: " + operand + ", found \"S\"");
    CHECK(refusal(a + "(a\n") == "p.ltl:line 2, column 3: expected ')', found the end of the line");
    CHECK(refusal(a + "a)\n") == "p.ltl:line 2, column 2: expected the end of the line, found \")\"");
    CHECK(refusal(a + "a b\n") == "p.ltl:line 2, column 3: expected the end of the line, found \"b\"");
    CHECK(refusal(a + "a <- b\n") == "p.ltl:line 2, column 6: expected '>', found \"b\"");
    CHECK(refusal(a + "\"c\"\n") == "p.ltl:line 2, column 1: expected a symbol of the alphabet, found \"c\"");
    CHECK(refusal(a + "mod(0, 0)\n") == "p.ltl:line 2, column 5: expected a whole number from 1 to 720, found \"0\"");
    CHECK(refusal(a + "mod(3, 3)\n") == "p.ltl:line 2, column 8: expected a whole number from 0 to 2, found \"3\"");
    CHECK(refusal(a + "a\nb\n") == "p.ltl:line 3, column 1: expected one formula that is put out, found a second");
    CHECK(refusal(a + "x = a\noutput y\n") ==
          "p.ltl:line 3, column 8: expected a name that is defined above, found \"y\"");
    CHECK(refusal(a + "x = a\nx = b\n") ==
          "p.ltl:line 3, column 1: expected a new name, found \"x\" again, which line 2 defines");
    CHECK(refusal(a + "a = b\n") == "p.ltl:line 2, column 1: expected a name, found \"a\", which is a symbol");
    CHECK(refusal(a + "Y = b\n") ==
          "p.ltl:line 2, column 1: expected a name, found \"Y\", which is a word of the syntax");
    CHECK(refusal(a + "alphabet c\n") == "p.ltl:line 2, column 1: expected one alphabet, found a second");
}

TEST_CASE("LTL: ten thousand parentheses and negations, and what the output does not need") {
    const std::string deep = std::string(10000, '(') + "a" + std::string(10000, ')');
    const std::string text = "alphabet a b\nz = P a\nx = " + std::string(10000, '!') + deep + "\n";
    const ltl::Program program = ltl::parse(text, "p.ltl");
    CHECK(ltl::unused(program) == std::vector<std::string>{"z"});
    CHECK(ltl::compile(program).layers.empty());
    CHECK(accepts(compiled(text), "a"));
}
