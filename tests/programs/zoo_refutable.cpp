#include <catch2/catch.hpp>

#include "attest/network/evaluate.hpp"
#include "zoo_words.hpp"

// Where the constructions fail that are meant to.

namespace attest::programs {

using namespace network;
using namespace zoo_test;

namespace {

/// How many words of this length are answered wrongly; counting stops at `enough`.
std::uint64_t count_wrong(const Transformer& t, const language::Language& language, std::uint64_t length,
                          std::uint64_t enough) {
    const Evaluator evaluator(t, static_cast<std::int64_t>(length));
    std::uint64_t wrong = 0;
    language::Word word(length, 0);
    do wrong += evaluator.evaluate(word).accepts != language.contains(word) ? 1 : 0;
    while (wrong < enough && language::next_word(word, t.alphabet));
    return wrong;
}

bool right(const Transformer& t, const language::Language& language, std::uint64_t length) {
    return count_wrong(t, language, length, 1) == 0;
}

}  // namespace

TEST_CASE("zoo: wrong at every length that is not claimed", "[zoo]") {
    for (const char* name : {"chiang-cholak-parity-hard", "majority-attempt", "parity-tree-shuffled-2-2",
                             "tracr-parity-12", "alta-parity-11"}) {
        const Transformer t = zoo_model(name);
        const language::Language language = language_of(name);
        for (std::uint64_t length = 1; length <= 12; ++length) {
            INFO(name << " at length " << length);
            CHECK(right(t, language, length) == claims(zoo_entry(name), length));
        }
    }
}

TEST_CASE("zoo: a parity tree is right where it is a tree, whole or smaller", "[zoo]") {
    const Transformer t = zoo_model("parity-tree-2-2");
    const language::Language parity = language_of("parity-tree-2-2");
    for (std::uint64_t length = 0; length <= 11; ++length) {
        INFO(length);
        CHECK(right(t, parity, length) == (length == 0 || length == 2 || length == 8));
    }
}

TEST_CASE("zoo: Chiang and Cholak's network made hard accepts nothing", "[zoo]") {
    const Transformer t = zoo_model("chiang-cholak-parity-hard");
    const language::Language parity = language_of("chiang-cholak-parity-hard");
    CHECK(right(t, parity, 0));
    for (std::uint64_t length = 1; length <= 9; ++length)
        CHECK(count_wrong(t, parity, length, 1000) == std::uint64_t{1} << (length - 1));  // all odd words

    Trace trace;
    const Evaluation evaluation = evaluate(t, t.alphabet.parse("0100", "test"), &trace);
    CHECK(evaluation.score == 0);
    for (const Attended& attended : trace.attended[0][0]) {
        CHECK(attended.positions == std::vector<std::int64_t>{1});  // the leftmost of equals
        CHECK(attended.margin == exact::Rational(0));
    }
}

// Made average in place of hard it is the softmax network in the limit, and right: the hardening alone is to
// blame.
TEST_CASE("zoo: Chiang and Cholak's network with average attention computes PARITY", "[zoo]") {
    Transformer t = zoo_model("chiang-cholak-parity-hard");
    for (Layer& layer : t.layers) layer.attention->kind = AttentionKind::average;
    const language::Language parity = language_of("chiang-cholak-parity-hard");
    for (std::uint64_t length = 0; length <= 9; ++length) CHECK(right(t, parity, length));
}

TEST_CASE("zoo: the poll is settled by three symbols", "[zoo]") {
    const Transformer t = zoo_model("majority-attempt");
    const auto accepts = [&](const char* word) { return evaluate(t, t.alphabet.parse(word, "test")).accepts; };
    CHECK_FALSE(accepts("0111"));
    CHECK(accepts("10001"));
    CHECK_FALSE(accepts("011110"));
    CHECK(accepts("100000000001"));
}

}  // namespace attest::programs
