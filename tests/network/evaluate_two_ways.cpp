#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "naive_evaluator.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// The evaluator against the naive one, and models against what is written and read, on random models.

using namespace attest;
using namespace attest::network;
using namespace attest::network::tests;

namespace {

enum class Version { first, second };

template <typename Check>
void for_random_models(AttentionKind kind, Check check, Version version = Version::first) {
    base::Random random(attest::tests::seed());
    for (int round = 0; round < 150; ++round) {
        attest::tests::RandomModelOptions options;
        options.kind = kind;
        options.symbols = 1 + random.below(3);
        options.layers = random.below(4);
        options.heads = 1 + random.below(3);
        options.dimension = 1 + random.below(4);
        Transformer t = attest::tests::random_model(random, options);
        if (version == Version::second) t = attest::tests::with_version_2(random, std::move(t));
        INFO("seed " << attest::tests::seed() << ", round " << round << "\n" << formats::write_model(t));
        for (std::int64_t length = 0; length <= 5; ++length) {
            if (t.sequence_length(length) == 0) continue;
            language::Word word(static_cast<std::size_t>(length));
            for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
            check(t, word);
        }
    }
}

void compare(const Transformer& t, const language::Word& word) {
    Trace trace;
    const Evaluation evaluation = evaluate(t, word, &trace);
    const auto activations = naive_activations(t, word);
    if (!t.readout.classes) REQUIRE(evaluation.score == naive_score(t, word));
    REQUIRE(evaluation.accepts == naive_accepts(t, word));
    REQUIRE(((evaluation.score == 0 && t.readout.classes) || evaluation.accepts == (evaluation.score > 0)));
    const Answers answers = Evaluator(t, static_cast<std::int64_t>(word.size())).answer(word);
    REQUIRE(answers.logits == naive_logits(t, word));
    if (t.readout.classes) REQUIRE(answers.classes == naive_classes(t, word));
    REQUIRE(evaluate(t, word).score == evaluation.score);
    REQUIRE(trace.activations.size() == activations.size());
    for (std::size_t b = 0; b < activations.size(); ++b)
        for (std::size_t p = 0; p < activations[b].size(); ++p)
            if (!trace.activations[b][p].empty()) REQUIRE(trace.activations[b][p] == activations[b][p]);
    const std::vector<Layer> layers = naive_layers(t, static_cast<std::int64_t>(activations[0].size()));
    REQUIRE(trace.attended.size() == layers.size());
    for (std::size_t l = 0; l < layers.size(); ++l) {
        if (!layers[l].attention) continue;
        const Attention& a = *layers[l].attention;
        for (std::size_t h = 0; h < a.heads.size(); ++h)
            for (std::size_t p = 0; p < activations[l].size(); ++p)
                if (!trace.activations[l + 1][p].empty())
                    REQUIRE(trace.attended[l][h][p].positions ==
                            naive_head(a, a.heads[h], activations[l], static_cast<std::int64_t>(p) + 1, t.dimension)
                                .chosen);
    }
}

}  // namespace

TEST_CASE("hard attention is what the text says, two ways", "[evaluate]") {
    for_random_models(AttentionKind::hard, compare);
}

TEST_CASE("average attention is what the text says, two ways", "[evaluate]") {
    for_random_models(AttentionKind::average, compare);
}

TEST_CASE("what version 2 has besides is what the text says, two ways", "[evaluate]") {
    for (const AttentionKind kind : {AttentionKind::hard, AttentionKind::average, AttentionKind::sparsemax})
        for_random_models(kind, compare, Version::second);
}

TEST_CASE("a class at each position is that of the position", "[evaluate]") {
    const auto check = [](Transformer t, const language::Word& word) {
        if (!t.readout.classes) return;
        t.readout.classes->accept.clear();
        t.readout.reading = Readout::Reading::each;
        const Evaluator evaluator(t, static_cast<std::int64_t>(word.size()));
        REQUIRE(evaluator.answer(word).classes == naive_classes(t, word));
        REQUIRE_THROWS_AS(evaluator.evaluate(word), base::Unsupported);
    };
    for_random_models(AttentionKind::average, check, Version::second);
}

TEST_CASE("two classes are one score, but where they are level", "[evaluate]") {
    std::size_t level = 0;
    for_random_models(
        AttentionKind::hard,
        [&](const Transformer& t, const language::Word& word) {
            if (!t.readout.classes || t.readout.classes->names.size() != 2) return;
            const auto length = static_cast<std::int64_t>(word.size());
            const AtLength score = in_version_1(t, length);
            const Evaluation one = evaluate(*score, word), two = evaluate(t, word);
            REQUIRE(!score->readout.classes);
            REQUIRE(one.score == two.score);
            if (one.score != 0) REQUIRE(one.accepts == two.accepts);
            else ++level;
        },
        Version::second);
    CHECK(level > 0);
}

TEST_CASE("a model that was written and read again is the same", "[model]") {
    for (const Version version : {Version::first, Version::second})
        for (const AttentionKind kind : {AttentionKind::hard, AttentionKind::average, AttentionKind::sparsemax}) {
            if (version == Version::first && kind == AttentionKind::sparsemax) continue;
            for_random_models(
                kind,
                [](const Transformer& t, const language::Word& word) {
                    const std::string text = formats::write_model(t);
                    const Transformer again = formats::parse_model(text, "again.json");
                    REQUIRE(formats::write_model(again) == text);
                    REQUIRE(again.name == t.name);
                    REQUIRE(again.kind() == t.kind());
                    REQUIRE(evaluate(again, word).score == evaluate(t, word).score);
                    REQUIRE(evaluate(again, word).accepts == evaluate(t, word).accepts);
                },
                version);
        }
}
