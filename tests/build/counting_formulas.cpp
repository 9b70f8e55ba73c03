#include <catch2/catch.hpp>

#include "../classify/subjects.hpp"
#include "attest/base/error.hpp"
#include "build/counting_formula.hpp"
#include "language/classify/census.hpp"

// Formulas of FOC[+;MOD] for regular languages, held against the automaton on short words; at all lengths they are held against
// it by the tests of certificates.

using namespace attest;
using classify::Class;

namespace {

/// Words up to this length on which the normal form, or its text read again, differs from the automaton.
std::size_t wrong_words(const build::CountingFormula& built, const language::Dfa& automaton, std::size_t longest) {
    const programs::foc::Program program = programs::foc::parse(built.text, "built");
    std::vector<language::Word> words{{}};
    std::size_t wrong = 0;
    for (std::size_t k = 0; k < words.size(); ++k) {
        const bool member = automaton.accepts(words[k]);
        if (built.form.holds(words[k]) != member) ++wrong;
        if (words[k].size() <= 5 && programs::foc::holds(program, words[k]) != member) ++wrong;
        for (language::Symbol a = 0; a < automaton.alphabet.size() && words[k].size() < longest; ++a) {
            words.push_back(words[k]);
            words.back().push_back(a);
        }
    }
    return wrong;
}

}  // namespace

TEST_CASE("Counting formulas: each golden row that is in FOC has one, no other has") {
    for (const tests::GoldenRow& golden : tests::golden_rows()) {
        INFO(golden.name);
        if (golden.classes[11] == '.') {
            CHECK_THROWS_AS(build::counting_formula(golden.automaton, "built"), base::Unsupported);
            continue;
        }
        const build::CountingFormula built = build::counting_formula(golden.automaton, "built");
        INFO(built.text);
        CHECK(wrong_words(built, golden.automaton, golden.automaton.alphabet.size() == 2 ? 10 : 6) == 0);
    }
}

TEST_CASE("Counting formulas: all languages of up to three states") {
    for (std::size_t states = 1; states <= 3; ++states)
        classify::for_each_table(states, 2, [&](const classify::Table& table) {
            const bool in = classify::letters_exchange(table);
            for (const std::uint32_t accepting : classify::minimal_acceptance(table)) {
                const language::Dfa automaton = classify::automaton_of(table, accepting);
                INFO(states << " states, accepting " << accepting);
                if (in) CHECK(wrong_words(build::counting_formula(automaton, "built"), automaton, 8) == 0);
                else CHECK_THROWS_AS(build::counting_formula(automaton, "built"), base::Unsupported);
            }
            return true;
        });
}

TEST_CASE("Counting formulas: how they read") {
    const auto text = [](const std::string& language) {
        return build::counting_formula(tests::minimal_automaton(language), "built").text;
    };
    CHECK(text("parity") == "alphabet 0 1\nexists x1 (exactly x1 p (1(p)) & x1 mod 2 = 1)\n");
    CHECK(text("regex:(abab)*") ==
          "alphabet a b\nexists x1 exists x2 (exactly x1 p (true) & exactly x2 p ((a(p) & p mod 2 = 0) | "
          "(b(p) & p mod 2 = 1)) & (x1 mod 4 = 0 & x2 <= 0))\n");
}
