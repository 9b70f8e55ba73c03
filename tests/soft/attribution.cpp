#include "soft/attribution.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "random_model.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "soft/ball_layers.hpp"

// Direct attribution against the score that it divides, and against the score of models that lack a part of the last layer, where
// what a part adds is all that it does.

using namespace attest;
using soft::Contribution;

namespace {

bool overlap(const exact::Ball& a, const exact::Ball& b) {
    return !(a.lower() > b.upper()) && !(b.lower() > a.upper());
}

language::Word random_word(base::Random& random, const network::Transformer& t, std::int64_t length) {
    language::Word word;
    for (std::int64_t i = 0; i < length; ++i)
        word.push_back(static_cast<language::Symbol>(random.below(t.alphabet.size())));
    return word;
}

const Contribution* find(const soft::Attribution& a, Contribution::Part part, std::size_t layer, std::size_t head) {
    for (const Contribution& c : a.parts)
        if (c.part == part && c.layer == layer && c.head == head) return &c;
    return nullptr;
}

/// The model whose head of its last layer adds nothing, not even a bias.
network::Transformer without_head(network::Transformer t, std::size_t head) {
    network::Head& removed = t.layers.back().attention->heads[head];
    for (auto& row : removed.output.weight.rows) row.clear();
    for (auto& x : removed.output.bias) x = 0;
    return t;
}

/// Of those that stand at the length.
std::size_t last_layer(const network::Transformer& t, std::int64_t length) {
    return network::AtLength(t, length)->layers.size() - 1;
}

bool ends_with_plain_attention(const network::Transformer& t) {
    if (t.layers.empty() || !t.layers.back().attention || t.layers.back().feedforward || t.layers.back().repeat)
        return false;
    const auto& norm = t.layers.back().attention->norm;
    return !t.final_norm && (!norm || norm->placement == network::Norm::Placement::pre);
}

}  // namespace

TEST_CASE("what parts add is the score", "[attribution]") {
    base::Random random(tests::seed());
    int removed = 0;
    for (int round = 0; round < 120; ++round) {
        network::Transformer t = tests::random_soft_model(random);
        if (random.chance(1, 2)) t = tests::with_version_2(random, std::move(t));
        INFO("seed " << tests::seed() << ", round " << round << "\n" << formats::write_model(t));
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(5));
        if (!t.readout.decides() || t.sequence_length(length) == 0 || t.kind() != network::AttentionKind::softmax)
            continue;
        const soft::Evaluator evaluator(t, length, 192);
        const language::Word word = random_word(random, t, length);
        const exact::Ball score = evaluator.score(word);
        if (!score.is_finite()) continue;
        const soft::Attribution a = soft::attribute(t, word, 192);
        exact::Ball sum = 0;
        for (const Contribution& c : a.parts) sum += c.adds;
        REQUIRE(overlap(sum, score));
        REQUIRE(overlap(sum, a.sum));
        REQUIRE(a.sum.upper() - a.sum.lower() < exact::Rational(1, 1 << 30));
        if (t.readout.classes || !ends_with_plain_attention(t)) continue;
        for (std::size_t h = 0; h < t.layers.back().attention->heads.size(); ++h) {
            const network::Transformer rest = without_head(t, h);
            if (rest.kind() != network::AttentionKind::softmax) continue;
            const exact::Ball without = soft::Evaluator(rest, length, 192).score(word);
            const Contribution* adds = find(a, Contribution::Part::head, last_layer(t, length), h);
            REQUIRE(overlap(score - without, adds != nullptr ? adds->adds : exact::Ball(0)));
            ++removed;
        }
    }
    CHECK(removed > 0);
}

TEST_CASE("where no class is accepted, what parts add is the answer's logit less the next", "[attribution]") {
    base::Random random(tests::seed());
    int soft = 0, exact = 0;
    for (int round = 0; round < 300; ++round) {
        tests::RandomModelOptions options;
        options.kind = network::AttentionKind::average;
        options.symbols = 2;
        network::Transformer t = tests::with_version_2(
            random, round % 2 == 0 ? tests::random_soft_model(random) : tests::random_model(random, options));
        INFO("seed " << tests::seed() << ", round " << round << "\n" << formats::write_model(t));
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(5));
        const bool is_each = t.readout.reading == network::Readout::Reading::each;
        if (!t.readout.classes || t.sequence_length(length) == 0) continue;
        t.readout.classes->accept.clear();
        if (t.readout.classes->names.size() < 2) continue;
        const language::Word word = random_word(random, t, length);
        const bool is_soft = t.kind() == network::AttentionKind::softmax;
        const auto attribution = [&] {
            return is_soft ? soft::attribute(t, word, 192) : soft::attribute_exactly(t, word, 192);
        };
        if (is_each) {
            REQUIRE_THROWS_AS(attribution(), base::Unsupported);
            continue;
        }
        const exact::BallVector logits =
            is_soft ? soft::Evaluator(t, length, 192).answer(word).front()
                    : soft::balls(network::Evaluator(t, length).answer(word).logits.front(), 192);
        if (std::any_of(logits.begin(), logits.end(), [](const exact::Ball& x) { return !x.is_finite(); })) continue;
        const soft::Attribution a = attribution();
        REQUIRE(a.accepted.value() != a.rejected.value());
        for (std::size_t c = 0; c < logits.size(); ++c) {
            REQUIRE_FALSE(logits[c].lower() > logits[*a.accepted].upper());
            if (c != *a.accepted) REQUIRE_FALSE(logits[c].lower() > logits[*a.rejected].upper());
        }
        REQUIRE(overlap(a.sum, logits[*a.accepted] - logits[*a.rejected]));
        ++(is_soft ? soft : exact);
    }
    CHECK(soft > 0);
    CHECK(exact > 0);
}

TEST_CASE("what parts of an exact model add is the score", "[attribution]") {
    base::Random random(tests::seed());
    for (const auto kind :
         {network::AttentionKind::hard, network::AttentionKind::average, network::AttentionKind::sparsemax})
        for (int round = 0; round < 60; ++round) {
            tests::RandomModelOptions options;
            options.kind = kind;
            options.symbols = 2;
            options.layers = 1 + random.below(3);
            network::Transformer t = tests::random_model(random, options);
            if (random.chance(1, 2)) t = tests::with_version_2(random, std::move(t));
            INFO("seed " << tests::seed() << ", round " << round << "\n" << formats::write_model(t));
            const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(5));
            if (!t.readout.decides() || t.kind() == network::AttentionKind::softmax) continue;
            const language::Word word = random_word(random, t, length);
            const exact::Rational score = network::evaluate(t, word).score;
            const soft::Attribution a = soft::attribute_exactly(t, word, 192);
            REQUIRE(a.sum.contains(score));
            if (t.readout.classes || !ends_with_plain_attention(t)) continue;
            for (std::size_t h = 0; h < t.layers.back().attention->heads.size(); ++h) {
                const exact::Rational adds = score - network::evaluate(without_head(t, h), word).score;
                const Contribution* found = find(a, Contribution::Part::head, last_layer(t, length), h);
                REQUIRE((found != nullptr ? found->adds.contains(adds) : adds == 0));
            }
        }
}

/// By hand: embedding (x, 1) of a word of one symbol, a layer norm after the head that adds 3 to the first coordinate. Before the
/// norm the stream is (1 + 3, 0): mean 2, deviation 2; the weight is (1, 0).
TEST_CASE("a norm that the stream passes is held as it was", "[attribution]") {
    const network::Transformer t = formats::parse_model(R"({"format": "attest/model", "version": 1, "name": "held",
        "alphabet": ["0", "1"], "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]},
        "layers": [{"attention": {"kind": "softmax", "residual": true,
            "heads": [{"value": [[0, 0]], "output": {"weight": [[0], [0]], "bias": [3, 0]}}],
            "norm": {"placement": "post", "eps": 0, "gain": [5, 1], "bias": [7, 0]}}}],
        "readout": {"position": "last", "weight": [1, 0], "bias": -1}})",
                                                        "held.json");
    const soft::Attribution a = soft::attribute(t, {1}, 128);
    const auto adds = [&](Contribution::Part part) {
        return find(a, part, part == Contribution::Part::norms ? SIZE_MAX : 0, 0);
    };
    // (v − mean) · 5 / 2: of (1, 0) 1/2 · 5/2, of (3, 0) 3/2 · 5/2.
    REQUIRE(a.parts.size() == 4);
    CHECK(adds(Contribution::Part::embedding)->adds.contains(exact::Rational(5, 4)));
    CHECK(adds(Contribution::Part::head)->adds.contains(exact::Rational(15, 4)));
    CHECK(adds(Contribution::Part::norms)->adds.contains(7));
    CHECK(adds(Contribution::Part::readout)->adds.contains(-1));
    CHECK(a.sum.contains(11));
}
