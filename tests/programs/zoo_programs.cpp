#include "programs/zoo/zoo_programs.hpp"

#include <catch2/catch.hpp>

#include "attest/language/language.hpp"
#include "attest/language/task.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"

// The programs of the zoo against the definitions of what they compute, on all short words.

using namespace attest;

namespace {

constexpr std::uint64_t most_words = 1024;

template <typename Look>
void for_short_words(const network::Program& program, Look look) {
    for (std::int64_t length = program.lengths->first; length <= program.lengths->second; ++length) {
        if (!language::count_words(program.alphabet, static_cast<std::uint64_t>(length), most_words)) break;
        language::Word word(static_cast<std::size_t>(length), 0);
        do look(word);
        while (language::next_word(word, program.alphabet));
    }
}

}  // namespace

TEST_CASE("zoo: programs compute what the catalogue says of them", "[zoo]") {
    for (const programs::ZooProgram& entry : programs::zoo_programs()) {
        CAPTURE(entry.name);
        const network::Program program = *programs::zoo_program(entry.name);
        if (!entry.task.empty()) {
            const language::Task task = language::Task::parse(entry.task, program.alphabet);
            for_short_words(program, [&](const language::Word& word) {
                CAPTURE(word);
                REQUIRE(network::answers(program, word) == task.expected(word));
            });
        }
        if (entry.language.empty()) continue;
        const language::Language language = language::Language::parse(entry.language, program.alphabet);
        for_short_words(program, [&](const language::Word& word) {
            CAPTURE(word);
            REQUIRE(network::accepts(program, network::answers(program, word)) == language.contains(word));
        });
    }
}

TEST_CASE("zoo: Tracr's step between fractions misses 3/5 and 2/3", "[zoo]") {
    const network::Program program = *programs::zoo_program("tracr-frac-prevs-map");
    const network::Transformer compiled = programs::zoo_model("tracr-frac-prevs-compiled");
    std::size_t words = 0, wrong_at_last = 0, wrong_somewhere = 0;
    const auto differ = [&](const language::Word& word) {
        return network::accepts(program, network::answers(program, word)) != network::evaluate(compiled, word).accepts;
    };
    for (std::size_t length = 1; length <= 5; ++length) {
        language::Word word(length, 0);
        do {
            ++words;
            wrong_at_last += differ(word) ? 1 : 0;
            bool somewhere = false;
            for (std::size_t n = 1; n <= length; ++n)
                somewhere = somewhere || differ({word.begin(), word.begin() + static_cast<std::ptrdiff_t>(n)});
            wrong_somewhere += somewhere ? 1 : 0;
        } while (language::next_word(word, program.alphabet));
    }
    CHECK(words == 62);
    CHECK(wrong_at_last == 13);    // 2/3 in three words of three symbols, 3/5 in ten of five
    CHECK(wrong_somewhere == 25);  // as of Tracr's own weights
}
