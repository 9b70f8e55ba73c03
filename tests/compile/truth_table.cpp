#include "compile/truth_table.hpp"

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "circuit/simulate.hpp"
#include "seed.hpp"

// Circuits of tables against the tables, on all words.

using namespace attest;

namespace {

void compare(std::size_t symbols, std::int64_t length, const std::vector<bool>& answers) {
    std::vector<std::string> names;
    for (std::size_t a = 0; a < symbols; ++a) names.push_back(std::string(1, static_cast<char>('a' + a)));
    const language::Alphabet alphabet(names);
    circuit::Builder builder(std::size_t{1} << 30);
    const compile::Inputs inputs(builder, alphabet, length);
    const circuit::Literal root = compile::compile_table(builder, inputs, answers);
    language::Word word(static_cast<std::size_t>(length), 0);
    std::size_t number = 0;
    do {
        std::vector<std::uint64_t> assignment(builder.circuit().input_count());
        for (std::int64_t i = 1; i <= length && symbols > 1; ++i) {
            const circuit::Literal present = inputs.present(i, word[static_cast<std::size_t>(i - 1)]);
            if (!present.complemented()) assignment[present.node() - 1] = 1;
        }
        const auto values = circuit::simulate_word(builder.circuit(), assignment);
        const bool value = ((values[root.node()] & 1) != 0) != root.complemented();
        REQUIRE(value == answers[number++]);
    } while (language::next_word(word, alphabet));
    REQUIRE(number == answers.size());
}

}  // namespace

TEST_CASE("the circuit of a table has its values", "[truth table]") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for (int round = 0; round < 60; ++round) {
        const std::size_t symbols = 1 + random.below(4);
        const auto length = static_cast<std::int64_t>(random.below(symbols == 2 ? 9 : 5));
        std::size_t words = 1;
        for (std::int64_t i = 0; i < length; ++i) words *= symbols;
        const std::uint64_t part = 1 + random.below(4);
        std::vector<bool> answers;
        for (std::size_t w = 0; w < words; ++w) answers.push_back(random.chance(part, 5));
        compare(symbols, length, answers);
    }
}

TEST_CASE("parity as a table takes a gate a position", "[truth table]") {
    const std::int64_t length = 12;
    std::vector<bool> answers;
    for (unsigned w = 0; w < 1U << length; ++w) answers.push_back(__builtin_parity(w) != 0);
    circuit::Builder builder(std::size_t{1} << 30);
    const compile::Inputs inputs(builder, language::Alphabet({"0", "1"}), length);
    compile::compile_table(builder, inputs, answers);
    CHECK(builder.circuit().gate_count() == static_cast<std::size_t>(length) - 1);
    compare(2, length, answers);
}
