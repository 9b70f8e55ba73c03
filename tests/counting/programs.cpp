#include <catch2/catch.hpp>

#include "../programs/crasp_reference.hpp"
#include "../programs/random_crasp.hpp"
#include "attest/base/error.hpp"
#include "checked.hpp"
#include "checker/kernel/defect.hpp"
#include "decide/counting/search.hpp"
#include "programs/zoo/zoo_programs.hpp"
#include "seed.hpp"

// Programs as systems of counters: each reading of a program against one by definition, on random programs and on all words.

using namespace attest;

namespace {

std::vector<std::string> symbols_of(const language::Word& word, const std::vector<std::string>& alphabet) {
    std::vector<std::string> symbols;
    for (const language::Symbol a : word) symbols.push_back(alphabet[a]);
    return symbols;
}

counting::Answers read_word(const counting::System& system, const language::Word& word) {
    counting::State state{0, std::vector<std::int64_t>(system.counters, 0)};
    counting::Answers answers;
    for (const language::Symbol a : word) answers = counting::read_symbol(system, state, a);
    return answers;
}

}  // namespace

TEST_CASE("Counting: three readings of random programs on all words") {
    base::Random random(tests::seed());
    const language::Language language = language::Language::parse("regex:(ab|ba)*", std::nullopt);
    for (int k = 0; k < 60; ++k) {
        const std::string text = tests::random_crasp(random, false);
        INFO(text);
        const programs::crasp::Program program = programs::crasp::parse(text, "random");
        const counting::System system = counting::make_system(program, language, {0, 1});
        checker::Budget budget = tests::large_budget();
        const checker::CountingProgram read = checker::read_counting_program(text, "random", budget);
        // Tests and counters have the same numbers on both sides.
        CHECK(read.tests == system.tests.size());
        CHECK(read.counters == system.counters);
        tests::CraspReference reference(text);
        for (std::size_t n = 1; n <= 6; ++n) {
            language::Word word(n, 0);
            do {
                const bool expected = reference.accepts(symbols_of(word, program.alphabet));
                const counting::Answers answers = read_word(system, word);
                CHECK(answers.program == expected);
                CHECK(answers.language == language.contains(word));
                CHECK(checker::accepts(read, {word.begin(), word.end()}, budget) == expected);
            } while (language::next_word(word, language.alphabet()));
        }
    }
}

TEST_CASE("Counting: the programs that say what languages are") {
    for (const char* name : {"majority", "anbn", "anbncn", "dyck:1", "shuffle:1", "shuffle:2"}) {
        INFO(name);
        const language::Language language = language::Language::parse(name, std::nullopt);
        checker::Budget budget = tests::large_budget();
        const checker::Language same = checker::read_language(name, language.alphabet().symbols(), 0, "", budget);
        const auto ours = counting::text_of_language(language);
        const auto theirs = checker::program_of_language(same);
        REQUIRE(ours);
        REQUIRE(theirs);
        const counting::System system = counting::make_system(programs::crasp::parse(*ours, name), language,
                                                              relate(language.alphabet(), language.alphabet(), {}));
        const checker::CountingProgram program = checker::read_counting_program(*theirs, name, budget);
        for (std::size_t n = 1; n <= (language.alphabet().size() > 2 ? 6 : 9); ++n) {
            language::Word word(n, 0);
            do {
                const counting::Answers answers = read_word(system, word);
                CHECK(answers.program == language.contains(word));
                CHECK(answers.language == answers.program);
                CHECK(checker::accepts(program, {word.begin(), word.end()}, budget) == answers.program);
            } while (language::next_word(word, language.alphabet()));
        }
    }
    CHECK_FALSE(counting::text_of_language(language::Language::parse("dyck:2", std::nullopt)));
    CHECK_FALSE(counting::text_of_language(language::Language::parse("palindrome", std::nullopt)));
}

TEST_CASE("Counting: the program of a counter machine accepts its halting run, by a simulator") {
    struct Instruction {
        int from, to, x, y;
        bool asks_zero;
    };
    // States 0 to 4, and 5 in which it halts.
    const Instruction machine[] = {{0, 1, 1, 0, false}, {1, 2, 1, 0, false}, {2, 3, -1, 0, false},
                                   {3, 4, 0, 1, false}, {4, 2, 0, 1, false}, {2, 5, 0, 0, true}};
    const auto halts = [&](const language::Word& word) {
        int state = 0, x = 0, y = 0;
        for (const language::Symbol a : word) {
            const Instruction& t = machine[a];
            if (state != t.from || x + t.x < 0 || y + t.y < 0 || (t.asks_zero && x != 0)) return false;
            state = t.to, x += t.x, y += t.y;
        }
        return state == 5;
    };
    const programs::crasp::Program program =
        programs::crasp::parse(*programs::zoo_counting_text("crasp-minsky"), "minsky");
    const language::Language run = language::Language::parse("regex:abcdecdef", language::Alphabet(program.alphabet));
    const counting::System system = counting::make_system(program, run, {0, 1, 2, 3, 4, 5});
    const language::Word halting{0, 1, 2, 3, 4, 2, 3, 4, 5};
    CHECK(halts(halting));
    CHECK(read_word(system, halting).program);
    for (std::size_t n = 1; n <= 5; ++n) {
        language::Word word(n, 0);
        do {
            CHECK(read_word(system, word).program == halts(word));
            // Between beginnings of the run, and ends of it.
            language::Word longer(halting.begin(), halting.begin() + static_cast<std::ptrdiff_t>(9 - n));
            longer.insert(longer.end(), word.begin(), word.end());
            CHECK(read_word(system, longer).program == halts(longer));
        } while (language::next_word(word, run.alphabet()));
    }
    const counting::Outcome outcome = counting::prove({program, run, {0, 1, 2, 3, 4, 5}}, {});
    CHECK(outcome.proof() != nullptr);
}

TEST_CASE("Counting: what later positions are counted for is refused by both") {
    const std::string text = "alphabet a b\nout = #>[Q(a)] = 1\n";
    const language::Language language = language::Language::parse("regex:a*", language::Alphabet({"a", "b"}));
    CHECK_THROWS_AS(counting::make_system(programs::crasp::parse(text, "later"), language, {0, 1}), base::Unsupported);
    checker::Budget budget = tests::large_budget();
    CHECK_THROWS_AS(checker::read_counting_program(text, "later", budget), checker::Defect);
}
