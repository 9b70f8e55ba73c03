#include <catch2/catch.hpp>

#include "attest/model/file.hpp"
#include "attest/model/zoo.hpp"
#include "attest/soft/judge.hpp"
#include "checker/soft_evaluator.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"

// Two evaluators that share no line: balls here, intervals in the checker. Their enclosures must meet.

namespace attest::soft {

namespace {

/// Compares the two on every word of this length, or on some of them; how many had a value.
std::size_t compare(const model::Transformer& t, std::int64_t length, base::Random& random, std::size_t most_words) {
    const checker::Model model = checker::read_model(write_model(t), "model.json", [](const std::string&) { return std::string_view(); });
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    const checker::SoftInstance instance = instantiate(model, static_cast<std::size_t>(length), 160, budget);
    const Evaluator evaluator(t, length, 128);
    std::size_t finite = 0;
    for (std::size_t k = 0; k < most_words; ++k) {
        language::Word word(static_cast<std::size_t>(length));
        for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
        const exact::Ball ball = evaluator.score(word);
        const checker::Interval interval = score(instance, {word.begin(), word.end()}, budget);
        if (!ball.is_finite() || !interval.is_finite()) continue;
        ++finite;
        CAPTURE(t.name, t.alphabet.spell(word), ball.lower_text(30), ball.upper_text(30), interval.low().get_d(), interval.high().get_d());
        CHECK(ball.lower() <= interval.high());
        CHECK(interval.low() <= ball.upper());
        CHECK(ball.upper() - ball.lower() < exact::Rational(1, 1L << 40));
        CHECK(interval.high() - interval.low() < exact::Rational(1, 1L << 40));
    }
    return finite;
}

}  // namespace

TEST_CASE("balls and the checker's intervals meet on the zoo", "[soft]") {
    base::Random random(tests::seed());
    for (const model::ZooEntry& entry : model::zoo()) {
        if (entry.kind != model::AttentionKind::softmax) continue;
        for (const std::string& name : entry.examples)
            for (const std::int64_t length : {2, 5, 9}) {
                const model::Transformer t = model::zoo_model(name);
                CHECK(compare(t, length, random, 6) == 6);
            }
    }
}

TEST_CASE("balls and the checker's intervals meet on random models", "[soft]") {
    const std::uint64_t seed = tests::seed();
    std::size_t finite = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 100 + k);
        const model::Transformer t = tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(random.below(6));
        if (t.sequence_length(length) > 0) finite += compare(t, length, random, 3);
    }
    CHECK(finite > 300);
}

}  // namespace attest::soft
