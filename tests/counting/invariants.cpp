#include <catch2/catch.hpp>

#include "../programs/random_crasp.hpp"
#include "attest/base/error.hpp"
#include "checked.hpp"
#include "decide/counting/search.hpp"
#include "seed.hpp"

// Invariants that are found, and words that tell apart; what is proved is held against the checker.

using namespace attest;

namespace {

struct Asked {
    programs::crasp::Program program;
    language::Language language;
    std::vector<language::Symbol> meaning;
};

Asked ask(const std::string& text, const std::string& language) {
    programs::crasp::Program program = programs::crasp::parse(text, "program");
    const language::Alphabet alphabet(program.alphabet);
    language::Language of = language::Language::parse(language, alphabet);
    std::vector<language::Symbol> meaning = relate(alphabet, of.alphabet(), {});
    return {std::move(program), std::move(of), std::move(meaning)};
}

/// What comes out, and that the checker takes what is proved.
counting::Outcome proved(const std::string& text, const std::string& language) {
    const Asked asked = ask(text, language);
    counting::Outcome outcome = counting::prove({asked.program, asked.language, asked.meaning}, {});
    if (const counting::Proof* proof = outcome.proof()) {
        checker::Budget budget = tests::large_budget();
        const checker::CountingProgram program = checker::read_counting_program(text, "program.crasp", budget);
        const checker::Language same = checker::read_language(language, program.alphabet, 0, "", budget);
        checker::CountingSystem system =
            checker::counting_system(program, same, {asked.meaning.begin(), asked.meaning.end()}, budget);
        if (proof->counts_symbols) checker::add_symbol_counts(system, budget);
        CHECK_NOTHROW(tests::check_found(system, proof->invariant, proof->lines, budget));
    }
    return outcome;
}

const std::string brackets =
    "alphabet \"(\" \")\"\no = #[Q(\"(\")]\nc = #[Q(\")\")]\nV = o < c\nn = #[V]\nD = n = 0 & o = c\noutput D\n";

}  // namespace

TEST_CASE("Invariants: programs of the literature at every length") {
    CHECK(proved(brackets, "dyck:1").proof() != nullptr);
    CHECK(proved(brackets, "shuffle:1").proof() != nullptr);
    CHECK(proved("alphabet 0 1\nout = 2 * #[Q(1)] > #[true]\n", "majority").proof() != nullptr);
    CHECK(proved("alphabet a b\nx = #[Q(a)]\ny = #[Q(b)]\nw = #[Q(a) & y > 0]\nout = w < 1 & x - y = 0\n", "anbn")
              .proof() != nullptr);
    CHECK(proved("alphabet a b\nout = #[Q(a)] >= 3\n", "regex:b*ab*ab*a(a|b)*").proof() != nullptr);
    CHECK(proved("alphabet a b\nout = min(#[Q(a)], 2) = 2\n", "regex:b*ab*a(a|b)*").proof() != nullptr);
    CHECK(proved("alphabet a b\nout = (#[Q(a)] > 0 ? 1 : 0) = 1\n", "regex:b*a(a|b)*").proof() != nullptr);
}

TEST_CASE("Invariants: words that tell apart are the shortest") {
    const auto word_of = [](const std::string& text, const std::string& language) {
        const counting::Outcome outcome = proved(text, language);
        REQUIRE(outcome.counterexample() != nullptr);
        return outcome.counterexample()->word.size();
    };
    CHECK(word_of("alphabet a b\nout = #[Q(a)] >= 3\n", "regex:b*ab*ab*ab*a(a|b)*") == 3);
    CHECK(word_of("alphabet \"(\" \")\"\nout = #[Q(\"(\")] = #[Q(\")\")]\n", "dyck:1") == 2);
    CHECK(word_of("alphabet a b\nout = #[Q(a)] >= 9\n", "regex:b*") == 1);
}

TEST_CASE("Invariants: what is proved of random programs is taken by the checker") {
    base::Random random(tests::seed());
    std::size_t found = 0, apart = 0;
    for (int k = 0; k < 60; ++k) {
        const std::string text = tests::random_crasp(random, false);
        INFO(text);
        for (const char* language : {"regex:(a|b)*", "regex:b*", "regex:(a|b)*a(a|b)*"}) {
            const Asked asked = ask(text, language);
            base::Limits limits;
            limits.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
            const counting::Outcome outcome = counting::prove({asked.program, asked.language, asked.meaning}, limits);
            apart += outcome.counterexample() != nullptr ? 1 : 0;
            const counting::Proof* proof = outcome.proof();
            if (proof == nullptr) continue;
            ++found;
            checker::Budget budget = tests::large_budget();
            const checker::CountingProgram program = checker::read_counting_program(text, "program.crasp", budget);
            checker::CountingSystem system = checker::counting_system(
                program, checker::read_language(language, program.alphabet, 0, "", budget), {0, 1}, budget);
            if (proof->counts_symbols) checker::add_symbol_counts(system, budget);
            CHECK_NOTHROW(tests::check_found(system, proof->invariant, proof->lines, budget));
        }
    }
    CHECK(found > 0);
    CHECK(apart > 0);
}

TEST_CASE("Invariants: languages that counts do not say are refused by name") {
    // No short word tells these apart, as none does.
    const Asked asked = ask("alphabet 0 1 a\nx = #[Q(0) | Q(1)]\nout = (Q(0) | Q(1)) & x = 1\n", "boolexpr:1");
    CHECK_THROWS_AS(counting::prove({asked.program, asked.language, asked.meaning}, {}), base::Unsupported);
}
