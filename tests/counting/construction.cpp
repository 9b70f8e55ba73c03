#include <catch2/catch.hpp>

#include "../classify/subjects.hpp"
#include "attest/base/error.hpp"
#include "build/counting_program.hpp"
#include "checked.hpp"
#include "decide/counting/search.hpp"
#include "language/classify/census.hpp"

// The programs that are built for automata: against the automaton on words, and at every length, by the checker.

using namespace attest;

namespace {

constexpr std::size_t counting_column = 7;  // of the golden table: C-RASP

/// On all words of 1 up to so many symbols.
void agree_on_words(const std::string& text, const language::Dfa& automaton, std::size_t longest) {
    checker::Budget budget = tests::large_budget();
    const checker::CountingProgram program = checker::read_counting_program(text, "program.crasp", budget);
    for (std::size_t n = 1; n <= longest; ++n) {
        language::Word word(n, 0);
        do {
            INFO(automaton.alphabet.spell(word));
            const std::vector<std::size_t> letters(word.begin(), word.end());
            CHECK(checker::accepts(program, letters, budget) == automaton.accepts(word));
        } while (language::next_word(word, automaton.alphabet));
    }
}

/// The invariant of the construction is kept: our tree of cases is found, and the checker takes it.
void is_proved(const build::CountingProgram& built, const language::Dfa& automaton) {
    const programs::crasp::Program program = programs::crasp::parse(built.text, "built");
    counting::System system;
    {
        std::vector<language::Symbol> meaning;
        for (language::Symbol a = 0; a < automaton.alphabet.size(); ++a) meaning.push_back(a);
        system = counting::make_system(program, automaton, meaning);
    }
    counting::Invariant invariant;
    for (const auto& lists : built.invariant) {
        auto& state = invariant.states.emplace_back();
        for (const auto& facts : lists) {
            auto& list = state.emplace_back();
            for (const build::CounterFact& fact : facts)
                list.push_back({{fact.terms, fact.constant}, fact.is_equation});
        }
    }
    CHECK(counting::holds_at_start(invariant));
    const auto shown = counting::show_inductive(system, invariant, {});
    REQUIRE(shown);
    REQUIRE_FALSE(shown->gap);
    checker::Budget budget = tests::large_budget();
    const checker::CountingSystem checkers = tests::checkers_system(built.text, automaton, budget);
    CHECK_NOTHROW(tests::check_found(checkers, invariant, shown->lines, budget));
}

}  // namespace

TEST_CASE("Counting programs: of the golden table those in C-RASP are built, and proved at every length") {
    std::size_t built = 0;
    for (const tests::GoldenRow& row : tests::golden_rows()) {
        INFO(row.name);
        if (row.classes[counting_column] == '.') {
            CHECK_THROWS_AS(build::counting_program(row.automaton), base::Unsupported);
            continue;
        }
        ++built;
        const build::CountingProgram program = build::counting_program(row.automaton);
        agree_on_words(program.text, row.automaton, row.automaton.alphabet.size() > 2 ? 5 : 9);
        is_proved(program, row.automaton);
    }
    CHECK(built == 13);
}

TEST_CASE("Counting programs: exactly the languages in C-RASP of up to four states have one") {
    std::size_t languages = 0, tables = 0;
    for (std::size_t states = 1; states <= 4; ++states)
        classify::for_each_table(states, 2, [&](const classify::Table& table) {
            std::vector<std::uint32_t> minimal = classify::minimal_acceptance(table);
            if (minimal.empty()) return true;
            if (!classify::counting_separates(table)) {
                CHECK_THROWS_AS(build::counting_program(classify::automaton_of(table, minimal.front())),
                                base::Unsupported);
                return true;
            }
            languages += minimal.size();
            tables += 1;
            // Of those with four states one set of accepting states, which words and proofs are made for.
            if (states == 4) minimal.resize(1);
            for (const std::uint32_t accepting : minimal) {
                const language::Dfa automaton = classify::automaton_of(table, accepting);
                const build::CountingProgram program = build::counting_program(automaton);
                INFO(program.text);
                agree_on_words(program.text, automaton, states == 4 ? 6 : 7);
                is_proved(program, automaton);
            }
            return true;
        });
    CHECK(tables == 1 + 3 + 18 + 165);
    CHECK(languages == 2 + 6 + 72 + 1282);
}

TEST_CASE("Counting programs: brackets of depth 12 and 20 in a second") {
    for (const char* language : {"nested:12", "nested:20"}) {
        const language::Dfa automaton = tests::minimal_automaton(language);
        is_proved(build::counting_program(automaton), automaton);
    }
}

TEST_CASE("Counting programs: a symbol that a text cannot hold, and no time") {
    const language::Dfa quoted = language::parse_regex("\"*", language::Alphabet({"\"", "b"}), "here");
    CHECK_THROWS_AS(build::counting_program(quoted), base::Unsupported);
    const language::Dfa nothing = language::parse_regex("a", language::Alphabet({"a"}), "here");
    base::Limits limits;
    limits.deadline = std::chrono::steady_clock::now();
    CHECK_THROWS_AS(build::counting_program(nothing, limits), base::Unsupported);
}
