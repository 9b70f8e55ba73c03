#include "decide/answer/table.hpp"

#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// Tables of all answers against the evaluators that take one word.

using namespace attest;

namespace {

decide::AnswerTable table_of(const network::Transformer& t, std::int64_t length) {
    auto found = decide::tabulate(&t, length, {}, {});
    REQUIRE(std::holds_alternative<decide::AnswerTable>(found));
    return std::get<decide::AnswerTable>(std::move(found));
}

}  // namespace

TEST_CASE("the table of an average model is what the evaluator says", "[table]") {
    base::Random random(tests::seed());
    for (int round = 0; round < 20; ++round) {
        tests::RandomModelOptions options;
        options.kind = network::AttentionKind::average;
        options.symbols = 2 + random.below(2);
        const network::Transformer t = tests::random_model(random, options);
        INFO("seed " << tests::seed() << ", round " << round << "\n" << formats::write_model(t));
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(5));
        const decide::AnswerTable table = table_of(t, length);
        CHECK(table.bits == 0);
        CHECK(table.asked == table.accepts.size());
        const network::Evaluator evaluator(t, length);
        language::Word word(static_cast<std::size_t>(length), 0);
        std::size_t number = 0;
        do REQUIRE(table.accepts[number++] == evaluator.evaluate(word).accepts);
        while (language::next_word(word, t.alphabet));
        CHECK(number == table.accepts.size());
    }
}

TEST_CASE("the table of a softmax model is its answers, also by counts", "[table]") {
    for (const std::string name : {"chiang-cholak-parity", "chiang-cholak-first"}) {
        const network::Transformer t = programs::zoo_model(name);
        const std::int64_t length = 7;
        const decide::AnswerTable table = table_of(t, length);
        CHECK(table.bits >= 64);
        CHECK(table.margin > 0);
        if (name == "chiang-cholak-parity") CHECK(table.asked == 8);
        soft::Judge judge(t, length);
        language::Word word(static_cast<std::size_t>(length), 0);
        std::size_t number = 0;
        do {
            const soft::Judgement judged = judge.judge(word, {});
            REQUIRE(judged.accepts.has_value());
            REQUIRE(table.accepts[number++] == *judged.accepts);
            CHECK(abs(judged.score).upper() >= table.margin);
        } while (language::next_word(word, t.alphabet));
    }
}

TEST_CASE("too many words leave no table, and limits end one", "[table]") {
    const network::Transformer t = programs::zoo_model("average-majority");
    const auto many = decide::tabulate(&t, 30, {}, {});
    REQUIRE(std::holds_alternative<verdict::Undecided>(many));
    CHECK(std::get<verdict::Undecided>(many).reason == verdict::Reason::memory);
    base::Limits limits;
    limits.deadline = std::chrono::steady_clock::now();
    const auto late = decide::tabulate(&t, 10, {}, limits);
    REQUIRE(std::holds_alternative<verdict::Undecided>(late));
    CHECK(std::get<verdict::Undecided>(late).reason == verdict::Reason::deadline);
}
