#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/language/task.hpp"
#include "checker/language/task.hpp"
#include "checker/network/program.hpp"
#include "checker_support.hpp"
#include "random_program.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Programs and tasks, as two writers who share no code read the same text.

using namespace checker_test;
namespace checker = attest::checker;

namespace {

std::optional<std::vector<std::string>> ours(const attest::network::Program& program, const Word& word) {
    try {
        return attest::network::answers(program, {word.begin(), word.end()});
    } catch (const attest::base::InputError&) {
        return std::nullopt;
    }
}

std::optional<std::vector<std::string>> theirs(checker::Program& program, const Word& word, Budget& budget) {
    try {
        return checker::answers(program, word, budget);
    } catch (const Defect&) {
        return std::nullopt;
    }
}

void compare_on_all_words(const std::string& text, std::size_t& answered) {
    Budget budget = ample();
    std::optional<attest::network::Program> program;
    try {
        program = attest::formats::parse_program(text, "random.json");
    } catch (const attest::base::InputError&) {
        CHECK_THROWS_AS(checker::read_program(checker::parse_json(text, "model.json", budget), "model.json", budget),
                        Defect);
        return;
    }
    checker::Program other =
        checker::read_program(checker::parse_json(text, "model.json", budget), "model.json", budget);
    for (std::size_t length = program->begin || program->end ? 0 : 1; length <= 3; ++length)
        for (const Word& word : all_words(program->alphabet.size(), length)) {
            const auto expected = ours(*program, word);
            REQUIRE(theirs(other, word, budget) == expected);
            answered += expected ? 1 : 0;
        }
}

}  // namespace

TEST_CASE("Programs: the checker answers as the definition of attest does", "[program]") {
    attest::base::Random random(attest::tests::seed() + 1);
    INFO("seed " << attest::tests::seed());
    std::size_t answered = 0;
    for (std::uint64_t trial = 0; trial < attest::tests::trials(400); ++trial) {
        const std::string text = attest::tests::random_program(random).dump();
        INFO(text);
        compare_on_all_words(text, answered);
    }
    CHECK(answered > 1000);
}

TEST_CASE("Tasks: the checker asks for what attest asks for", "[task]") {
    const std::vector<std::string> digits = {"0", "1", "2"}, brackets = {"(", ")", "{", "}"};
    const std::vector<std::pair<std::string, std::vector<std::string>>> tasks = {{"reverse", digits},
                                                                                 {"sort", digits},
                                                                                 {"hist", digits},
                                                                                 {"double-hist", digits},
                                                                                 {"most-freq", digits},
                                                                                 {"shift:1", digits},
                                                                                 {"shift:3", digits},
                                                                                 {"count:2", digits},
                                                                                 {"sum", digits},
                                                                                 {"dyck-ptf:2", brackets},
                                                                                 {"dyck-ptf:1", {"[", "]"}},
                                                                                 {"next:palindrome", digits},
                                                                                 {"next:regex:(01|2)*1?", digits}};
    Budget budget = ample();
    for (const auto& [name, symbols] : tasks) {
        INFO(name);
        const attest::language::Task ours = attest::language::Task::parse(name, attest::language::Alphabet(symbols));
        const checker::Task theirs = checker::read_task(name, symbols, "task", budget);
        for (std::size_t length = 0; length <= 5; ++length)
            for (const Word& word : all_words(symbols.size(), length))
                REQUIRE(ours.expected({word.begin(), word.end()}) == checker::expected(theirs, word, budget));
    }
}

TEST_CASE("Tasks: the checker has the same symbols come next as attest, in every language", "[task]") {
    const std::vector<std::string> bits = {"0", "1"}, round = {"(", ")"}, both = {"(", ")", "[", "]"}, ab = {"a", "b"};
    const std::vector<std::pair<std::string, std::vector<std::string>>> languages = {
        {"parity", bits},     {"even", bits},       {"majority", bits},          {"first", bits},
        {"last", bits},       {"all-ones", bits},   {"tomita:1", bits},          {"tomita:2", bits},
        {"tomita:3", bits},   {"tomita:4", bits},   {"tomita:5", bits},          {"tomita:6", bits},
        {"tomita:7", bits},   {"mod:4,3", bits},    {"contains:010", bits},      {"regex:0*1?", bits},
        {"palindrome", bits}, {"dyck:1", round},    {"dyck:1,2", round},         {"dyck:2", both},
        {"dyck:2,1", both},   {"shuffle:1", round}, {"shuffle:2", both},         {"reset-dyck", {"(", ")", "1"}},
        {"anbn", ab},         {"nested:2", ab},     {"anbncn", {"a", "b", "c"}}, {"boolexpr:2", {"0", "1", "a", "b"}}};
    Budget budget = ample();
    for (const auto& [language, symbols] : languages) {
        INFO(language);
        const std::string name = "next:" + language;
        const attest::language::Task ours = attest::language::Task::parse(name, attest::language::Alphabet(symbols));
        const checker::Task theirs = checker::read_task(name, symbols, "task", budget);
        CHECK(ours.name() == name);
        for (const Word& word : all_words(symbols.size(), symbols.size() > 2 ? 5 : 8))
            REQUIRE(ours.expected({word.begin(), word.end()}) == checker::expected(theirs, word, budget));
    }
}

TEST_CASE("Tasks: both refuse the same", "[task]") {
    Budget budget = ample();
    const std::vector<std::vector<std::string>> alphabets = {{"0", "1"},      {"(", ")"},  {")", "("},
                                                             {"(", ")", "{"}, {"a", "10"}, {"(", "]"}};
    for (const char* name : {"reverse",
                             "reverse:",
                             "sort:1",
                             "sortt",
                             "",
                             ":",
                             "shift",
                             "shift:",
                             "shift:0",
                             "shift:1",
                             "shift:01",
                             "shift:1000000",
                             "shift:1000001",
                             "shift:-1",
                             "shift:+1",
                             "count",
                             "count:",
                             "count:1",
                             "count:(",
                             "count:10",
                             "sum",
                             "sum:",
                             "dyck-ptf",
                             "dyck-ptf:1",
                             "dyck-ptf:2",
                             "dyck-ptf:5",
                             "dyck-ptf:1 ",
                             "next",
                             "next:",
                             "next:parity",
                             "next:mod:2,5",
                             "next:dyck:1",
                             "next:dyck:01",
                             "next:table:8",
                             "next:dfa:language.json",
                             "next:regex:1*",
                             "next:regex:(",
                             "next:contains:",
                             "next:next:parity"})
        for (const auto& symbols : alphabets) {
            INFO(name << " over " << symbols[0] << symbols[1]);
            bool taken = true, accepted = true;
            try {
                (void)attest::language::Task::parse(name, attest::language::Alphabet(symbols));
            } catch (const attest::base::UsageError&) {
                taken = false;
            } catch (const attest::base::InputError&) {
                taken = false;
            }
            try {
                (void)checker::read_task(name, symbols, "task", budget);
            } catch (const Defect&) {
                accepted = false;
            }
            CHECK(taken == accepted);
        }
}
