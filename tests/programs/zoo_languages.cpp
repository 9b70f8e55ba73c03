#include <catch2/catch.hpp>

#include "attest/network/evaluate.hpp"
#include "zoo_words.hpp"

// Every construction against the definition of its language, at the lengths where it says that it is right.

namespace attest::programs {

using namespace network;
using namespace zoo_test;

namespace {

/// The first word, by this order, on which model and language differ, or "" if there is none.
std::string first_difference(const Transformer& t, const language::Language& language, std::uint64_t length) {
    const Evaluator evaluator(t, static_cast<std::int64_t>(length));
    language::Word word(length, 0);
    do {
        if (evaluator.evaluate(word).accepts != language.contains(word)) return t.alphabet.spell(word) + "!";
    } while (language::next_word(word, t.alphabet));
    return "";
}

}  // namespace

TEST_CASE("zoo: right on all short words", "[zoo]") {
    for (const std::string& name : exact_examples()) {
        const Transformer t = zoo_model(name);
        const ZooEntry entry = zoo_entry(name);
        const language::Language language = language_of(name);
        REQUIRE(language.alphabet() == t.alphabet);
        const std::uint64_t most_words = t.layers.size() == 1 ? 4096 : 1024;
        for (std::uint64_t length = 0; language::count_words(t.alphabet, length, most_words); ++length) {
            if (!claims(entry, length)) continue;
            INFO(name << " at length " << length);
            CHECK(first_difference(t, language, length) == "");
        }
    }
}

TEST_CASE("zoo: right on long members and their neighbours", "[zoo]") {
    base::Random random(20);
    for (const std::string& name : exact_examples()) {
        if (zoo_entry(name).lengths != "all") continue;
        const Transformer t = zoo_model(name);
        const language::Language language = language_of(name);
        for (const std::size_t length : {11U, 16U, 25U, 34U}) {
            const Evaluator evaluator(t, static_cast<std::int64_t>(length));
            for (int round = 0; round < 6; ++round) {
                language::Word word =
                    random_member(language, length, random).value_or(random_word(t.alphabet.size(), length, random));
                INFO(name << " on " << t.alphabet.spell(word));
                CHECK(evaluator.evaluate(word).accepts == language.contains(word));
                word[random.below(length)] = static_cast<language::Symbol>(random.below(t.alphabet.size()));
                INFO("or " << t.alphabet.spell(word));
                CHECK(evaluator.evaluate(word).accepts == language.contains(word));
            }
        }
    }
}

TEST_CASE("zoo: brackets of every number of kinds and depth", "[zoo]") {
    base::Random random(21);
    for (int kinds = 1; kinds <= 4; ++kinds)
        for (int depth = 1; depth <= 8; ++depth) {
            const std::string name = "dyck-" + std::to_string(kinds) + "-depth-" + std::to_string(depth);
            const Transformer t = zoo_model(name);
            CHECK(t.layers.size() == static_cast<std::size_t>(depth) + 1);
            const language::Language language = language_of(name);
            const language::Dyck one_deeper{static_cast<std::uint32_t>(kinds), static_cast<std::uint64_t>(depth) + 1};
            const Evaluator evaluator(t, 20);
            for (int round = 0; round < 2; ++round) {
                language::Word word = *random_brackets(one_deeper, 20, random);
                INFO(name << " on " << t.alphabet.spell(word));
                CHECK(evaluator.evaluate(word).accepts == language.contains(word));
                word = *random_member(language, 20, random);
                INFO("or " << t.alphabet.spell(word));
                CHECK(evaluator.evaluate(word).accepts);
                std::swap(word[random.below(20)], word[random.below(20)]);
                INFO("or " << t.alphabet.spell(word));
                CHECK(evaluator.evaluate(word).accepts == language.contains(word));
            }
        }
}

// The definition in words, not through the pattern of the entry.
TEST_CASE("zoo: what the induction head predicts", "[zoo]") {
    const Transformer t = zoo_model("induction-head");
    for (std::size_t length = 0; length <= 9; ++length) {
        language::Word word(length, 0);
        do {
            bool predicted = false;
            for (std::size_t p = 0; p + 2 < length; ++p)
                if (word[p] == word[length - 2]) predicted = word[p + 1] == word[length - 1];
            INFO(t.alphabet.spell(word));
            CHECK(evaluate(t, word).accepts == predicted);
        } while (language::next_word(word, t.alphabet));
    }
}

TEST_CASE("zoo: the induction head looks at the successor", "[zoo]") {
    const Transformer t = zoo_model("induction-head");
    Trace trace;
    // begin 1 0 0 1 1 0: the pair asked is 1 0; the latest 1 before position 6 is at 5, so it looks at 6.
    CHECK_FALSE(evaluate(t, t.alphabet.parse("100110", "test"), &trace).accepts);
    CHECK(trace.attended[1][0][6].positions == std::vector<std::int64_t>{6});
    // begin 0 0 1 0: no 1 but the one asked, so it looks at the begin marker.
    CHECK_FALSE(evaluate(t, t.alphabet.parse("0010", "test"), &trace).accepts);
    CHECK(trace.attended[1][0][4].positions == std::vector<std::int64_t>{1});
}

}  // namespace attest::programs
