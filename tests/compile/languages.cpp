#include <catch2/catch.hpp>

#include "assignment.hpp"
#include "attest/compile/compile.hpp"
#include "attest/language/language.hpp"
#include "circuit/simulate.hpp"

// Each language's circuit against membership by definition, on all words.

namespace {

using namespace attest;

/// Words of length N over the model's alphabet, read through `meaning`.
void agree(const language::Language& l, const language::Alphabet& model, const std::vector<language::Symbol>& meaning,
           std::int64_t length) {
    circuit::Builder builder(std::size_t{1} << 28);
    const compile::Inputs inputs(builder, model, length);
    const circuit::Literal member = compile_language(builder, inputs, l, meaning);
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        language::Word meant;
        for (const language::Symbol a : word) meant.push_back(meaning[a]);
        INFO(l.name() << " on " << model.spell(word));
        REQUIRE(circuit::evaluate(builder.circuit(), member, tests::assignment(word, model.size())) ==
                l.contains(meant));
    } while (language::next_word(word, model));
}

}  // namespace

TEST_CASE("language circuits agree with membership on all words", "[compile]") {
    const auto [name, longest] = GENERATE(table<std::string, std::int64_t>(
        {{"parity", 9},     {"even", 9},          {"majority", 9},      {"first", 7},      {"last", 7},
         {"all-ones", 7},   {"contains:11", 9},   {"contains:0100", 9}, {"mod:3,1", 9},    {"mod:2,0", 7},
         {"mod:1,0", 5},    {"palindrome", 9},    {"tomita:1", 8},      {"tomita:2", 8},   {"tomita:3", 9},
         {"tomita:4", 9},   {"tomita:5", 9},      {"tomita:6", 9},      {"tomita:7", 9},   {"regex:(01)*", 8},
         {"regex:0*1*", 8}, {"regex:(0|11)*", 8}, {"anbn", 9},          {"dyck:1", 10},    {"dyck:1,2", 10},
         {"dyck:2", 7},     {"dyck:2,1", 7},      {"dyck:2,2", 6},      {"dyck:3,2", 4},   {"anbncn", 7},
         {"shuffle:1", 8},  {"shuffle:2", 6},     {"shuffle:3", 4},     {"reset-dyck", 7}, {"boolexpr:1", 6},
         {"boolexpr:3", 5}, {"nested:1", 8},      {"nested:2", 8},      {"nested:3", 9}}));
    const language::Language l = language::Language::parse(name, std::nullopt);
    const auto meaning = relate(l.alphabet(), l.alphabet(), {});
    for (std::int64_t n = 0; n <= longest; ++n) agree(l, l.alphabet(), meaning, n);
}

TEST_CASE("table circuits agree with the table at its length", "[compile]") {
    const auto [name, length] = GENERATE(table<std::string, std::int64_t>({{"table:6996", 4},
                                                                           {"table:8", 2},
                                                                           {"table:8", 0},
                                                                           {"table:4", 1},
                                                                           {"table:0123456789abcdef", 6},
                                                                           {"table:ff", 3},
                                                                           {"table:00", 3}}));
    const language::Language l = language::Language::parse(name, std::nullopt);
    agree(l, l.alphabet(), {0, 1}, length);
}

TEST_CASE("symbols may be merged, reordered and left out by what they mean", "[compile]") {
    const language::Alphabet abc({"a", "b", "c"}), one({"1"}), swapped({"1", "0"});
    for (const char* name : {"parity", "majority", "tomita:3", "palindrome", "contains:11", "mod:3,2"}) {
        const language::Language l = language::Language::parse(name, language::Alphabet({"0", "1"}));
        for (std::int64_t n = 0; n <= 5; ++n) {
            agree(l, abc, {0, 1, 1}, n);
            agree(l, abc, {1, 0, 1}, n);
            agree(l, one, relate(one, l.alphabet(), {}), n);
            agree(l, swapped, relate(swapped, l.alphabet(), {}), n);
        }
    }
    const language::Language p = language::Language::parse("palindrome", abc);
    for (std::int64_t n = 0; n <= 6; ++n) agree(p, abc, {0, 1, 2}, n);
}
