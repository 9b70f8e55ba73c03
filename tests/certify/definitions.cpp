#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "build/counting_formula.hpp"
#include "certify/definition.hpp"
#include "language/classify/classes.hpp"
#include "random_foc.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Formulas with counting quantifiers and languages: what is found, and what the checker says of it.

using namespace attest;
using certify::Definition;

namespace {

programs::foc::Program formula_of(const std::string& text) { return programs::foc::parse(text, "p.foc"); }

language::Language over_ab(const std::string& text) {
    return language::Language::parse(text, language::Alphabet({"a", "b"}));
}

Definition at_every_length(const std::string& text, const std::string& language, std::int64_t from = 0) {
    const programs::foc::Program program = formula_of(text);
    certify::Archive none;
    return certify::define_everywhere(
        {program, language::Language::parse(language, language::Alphabet(program.alphabet))}, from, {}, none);
}

Definition at_length(const programs::foc::Program& program, const language::Language& language, std::int64_t length) {
    certify::Archive none;
    return certify::define_at({program, language}, length, {}, none);
}

/// Which words of a length a formula is true of, as the name of a language.
std::string table_of(const programs::foc::Program& program, std::size_t length, std::size_t flipped) {
    std::string bits;
    language::Word word(length, 0);
    const language::Alphabet alphabet(program.alphabet);
    do bits += programs::foc::holds(program, word) != (bits.size() == flipped) ? '1' : '0';
    while (language::next_word(word, alphabet));
    std::string digits;
    for (std::size_t k = 0; k < bits.size(); k += 4)
        digits += "0123456789abcdef"[std::stoul(bits.substr(k, 4), nullptr, 2)];
    return "table:" + digits;
}

const std::string parity = "alphabet 0 1\nexists x exists y (exactly x p 1(p) & x = y + y + 1)\n";
const std::string more = "alphabet 0 1\nexists x exists y (exactly x p 1(p) & exactly y p 0(p) & y < x)\n";

}  // namespace

TEST_CASE("Definitions: the formulas of the literature, at every length or at some") {
    CHECK(at_every_length(parity, "parity").verdict.holds());
    CHECK(at_every_length(parity, "mod:2,1").verdict.holds());
    const Definition wrong = at_every_length(parity, "mod:3,1");
    CHECK(wrong.verdict.fails());
    CHECK(wrong.outcome.difference()->word == language::Word{1, 1, 1});  // a shortest one
    const std::string ab =
        "alphabet a b\nexists x exists y (exactly x p (a(p) & p mod 2 = 1) & exactly x p a(p) &"
        " exactly y p (b(p) & p mod 2 = 0) & exactly y p b(p) & x = y & x > 0)\n";
    CHECK(at_every_length(ab, "regex:(ab)+").verdict.holds());
    CHECK(at_every_length(ab, "regex:(ab)*", 1).verdict.holds());
    const Definition empty = at_every_length(ab, "regex:(ab)*");
    CHECK(empty.verdict.fails());
    CHECK(empty.outcome.difference()->word.empty());
    for (const std::int64_t n : {0, 1, 7, 64})
        CHECK(at_length(formula_of(more), language::Language::parse("majority", std::nullopt), n).verdict.holds());
    const Definition everywhere = at_every_length(more, "majority");
    CHECK(everywhere.verdict.holds());
    CHECK(everywhere.outcome.eliminated() != nullptr);
    CHECK(at_length(formula_of(ab), over_ab("regex:(ab)+"), 32).verdict.holds());
}

TEST_CASE("Definitions: a difference of counts without bound is decided by elimination") {
    // The machine would follow the difference.
    const auto unbounded = [](const std::string& below, const std::string& above) {
        return "alphabet a b\nexists x exists y (exactly x p a(p) & exactly y p b(p) & ((x < y & " + below +
               ") | (x >= y & " + above + ")))\n";
    };
    const Definition right = at_every_length(unbounded("x mod 2 = 0", "x mod 2 = 0"), "regex:b*(ab*ab*)*");
    CHECK(right.verdict.holds());
    REQUIRE(right.outcome.eliminated() != nullptr);
    CHECK(right.outcome.eliminated()->other);
    const Definition wrong = at_every_length(unbounded("x mod 2 = 0", "x mod 2 = 0 & y != 5"), "regex:b*(ab*ab*)*");
    REQUIRE(wrong.verdict.fails());
    CHECK(wrong.outcome.difference()->word.size() == 11);
    // Residues of positions, and a language in which order counts.
    const std::string by_places =
        "alphabet a b\nexists x exists y exists z (exactly x p (a(p) & p mod 2 = 1) & exactly y p (a(p) & p mod 2 = 0) "
        "& "
        "exactly z p b(p) & z = 0 & (x > y | x <= y))\n";
    CHECK(at_every_length(by_places, "regex:a*").verdict.holds());
    const Definition order = at_every_length(unbounded("true", "true"), "regex:(a|b)*b(a|b)");
    CHECK(order.verdict.fails());
}

TEST_CASE("Definitions: formulas against majority at every length, right and wrong") {
    const std::string start =
        "alphabet 0 1\nexists x exists y exists n (exactly x p 1(p) & exactly y p 0(p) & "
        "exactly n p true & ";
    for (const char* same :
         {"2 * x > n)\n", "x - y >= 1)\n", "3 * x > x + n)\n", "(x > y & x mod 2 = 0 | x > y & x mod 2 = 1))\n"})
        CHECK(at_every_length(start + same, "majority").verdict.holds());
    for (const char* other : {"2 * x >= n)\n", "x - y >= 2)\n", "(x > y & n < 9))\n"})
        CHECK(at_every_length(start + other, "majority").verdict.fails());
    // At every length but 0 the empty word may be anything.
    CHECK(at_every_length(start + "(x > y | n = 0))\n", "majority", 1).verdict.holds());
    CHECK(at_every_length(start + "(x > y | n = 0))\n", "majority").verdict.fails());
    // No formula sees order.
    CHECK(at_every_length("alphabet a b\nexists x (exactly x p a(p) & exactly x p b(p))\n", "anbn").verdict.fails());
}

TEST_CASE("Definitions: random formulas and the tables of what they say, word by word for the checker") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(60); ++trial) {
        const std::string text = "alphabet 0 1\n" + attest::tests::RandomFoc(random, "01").formula(4) + "\n";
        CAPTURE(trial, text);
        const programs::foc::Program program = formula_of(text);
        const std::size_t length = 2 + random.below(3);
        const bool wrong = random.chance(1, 2);
        const std::size_t flipped = wrong ? random.below(std::uint64_t{1} << length) : SIZE_MAX;
        const auto table = language::Language::parse(table_of(program, length, flipped), std::nullopt);
        const Definition d = at_length(program, table, static_cast<std::int64_t>(length));
        CHECK((wrong ? d.verdict.fails() : d.verdict.holds()));
    }
}

TEST_CASE("Definitions: random formulas at every length are decided as the checker decides them") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    std::size_t closed = 0;
    for (std::uint64_t trial = 0; trial < attest::tests::trials(150); ++trial) {
        const std::string formula = attest::tests::RandomFoc(random).formula(3);
        // Whatever the formula says, it or its negation is true: its machine closes, or has no bound.
        const std::string text = "alphabet a b\nf = " + formula + "\nf | !f\n";
        CAPTURE(trial, text);
        try {
            const Definition d = at_every_length(text, "regex:(a|b)*");
            if (d.outcome.closed() == nullptr) continue;
            CHECK(d.verdict.holds());
            ++closed;
            const Definition no = at_every_length("alphabet a b\nf = " + formula + "\nf & !f\n", "regex:(a|b)*");
            CHECK(no.verdict.fails());
        } catch (const base::Unsupported&) {
            continue;
        }
    }
    CHECK(closed * 2 >= attest::tests::trials(150));
}

TEST_CASE("Definitions: the formulas that are built for languages, at every length") {
    for (const char* name :
         {"parity", "even", "mod:3,2", "mod:4,1", "all-ones", "tomita:1", "tomita:2", "tomita:5", "tomita:6",
          "regex:(aa)*", "regex:((a|b)(a|b))*", "regex:(abab)*", "regex:(ab)*", "regex:b*(ab*){2,4}", "regex:(a|b){3,}",
          "regex:((a|b)a)*", "regex:(a|b)*a(a|b)*", "regex:(abbc)*", "regex:b*a(bb|ba)*"}) {
        CAPTURE(name);
        const language::Language language = language::Language::parse(name, std::nullopt);
        const auto* regular = std::get_if<language::Regular>(&language.form());
        REQUIRE(regular != nullptr);
        if (!classify::letters_exchange(classify::table_of(regular->automaton))) {
            CHECK_THROWS_AS(build::counting_formula(regular->automaton, "built"), base::Unsupported);
            continue;
        }
        const build::CountingFormula built = build::counting_formula(regular->automaton, "built");
        CAPTURE(built.text);
        CHECK(at_every_length(built.text, name).verdict.holds());
    }
}
