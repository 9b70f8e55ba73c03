#include <catch2/catch.hpp>
#include <cmath>
#include <optional>

#include "assignment.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "compile/threshold_circuit.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// Threshold gates in constant depth say what the exact evaluator says, and what the gates that count from left to right do.

namespace {

using namespace attest;

std::optional<compile::ThresholdModel> compiled(const network::Transformer& t, std::int64_t length) {
    circuit::Builder builder(std::size_t{1} << 30);
    const compile::Inputs inputs(builder, t.alphabet, length);
    auto result = compile::compile_threshold(inputs, t, 1 << 12, {});
    if (const auto* why = std::get_if<verdict::Undecided>(&result)) {
        CHECK(why->reason == verdict::Reason::memory);
        return std::nullopt;
    }
    return std::move(std::get<compile::ThresholdModel>(result));
}

/// Gives   whether there was a circuit
bool agrees(const network::Transformer& t, std::int64_t length) {
    const auto model = compiled(t, length);
    if (!model) return false;
    const network::Evaluator evaluator(t, length);
    CHECK(model->circuit.depth(model->accept) <= 3 * evaluator.transformer().layers.size() + 1);
    CHECK(std::log2(static_cast<double>(model->circuit.gates().size()) + 1) <= model->formula_log2 + 1e-9);
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        INFO("word " << t.alphabet.spell(word));
        REQUIRE(model->circuit.evaluate(model->accept, tests::assignment(word, t.alphabet.size())) ==
                evaluator.evaluate(word).accepts);
    } while (language::next_word(word, t.alphabet));
    return true;
}

}  // namespace

TEST_CASE("threshold circuits of random models agree with the exact evaluator on all words", "[compile]") {
    const std::uint64_t seed = tests::seed();
    std::size_t looked_at = 0;
    for (std::uint64_t k = 0; k < 120; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 12000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 7 == 0 ? 1 : k % 3 == 0 ? 3 : 2;
        options.layers = 1 + random.below(2);
        options.heads = 1 + random.below(2);
        options.kind = k % 4 == 0 ? network::AttentionKind::hard : network::AttentionKind::average;
        network::Transformer t = tests::random_model(random, options);
        if (k % 2 == 1) t = tests::with_version_2(random, std::move(t), 12, false);
        if (k % 5 == 0)
            for (network::Layer& layer : t.layers)
                if (layer.attention && random.chance(1, 2)) layer.attention->kind = network::AttentionKind::hard;
        const auto length = static_cast<std::int64_t>(random.below(options.symbols == 3 ? 4 : 6));
        if (t.sequence_length(length) == 0) continue;
        looked_at += agrees(t, length) ? 1U : 0U;
    }
    CHECK(looked_at > 50);
}

TEST_CASE("threshold circuits of the zoo have constant depth", "[compile]") {
    for (const char* name : {"average-majority", "average-parity", "average-dyck-1", "palindrome"})
        for (std::int64_t length = 1; length <= 7; ++length) {
            CAPTURE(name, length);
            CHECK(agrees(programs::zoo_model(name), length));
        }
    const auto majority = compiled(programs::zoo_model("average-majority"), 100);
    REQUIRE(majority);
    CHECK(majority->circuit.gates().size() == 1);
    const auto eight = compiled(programs::zoo_model("average-parity"), 8);
    const auto twenty = compiled(programs::zoo_model("average-parity"), 20);
    REQUIRE((eight && twenty));
    CHECK(eight->circuit.depth(eight->accept) == twenty->circuit.depth(twenty->accept));
}
