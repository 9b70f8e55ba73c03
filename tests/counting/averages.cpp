#include "decide/counting/averages.hpp"

#include "attest/exact/expression.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "checked.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/counting_text.hpp"
#include "random_model.hpp"
#include "read_by_checker.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Models that weigh all positions alike, as programs of counts: against the evaluator on words, and the checker's text against ours.

using namespace attest;

namespace {

/// The same model with equal weights: nothing depends on where a position is, and only the last layer attends.
network::Transformer with_equal_weights(base::Random& random, network::Transformer t) {
    t.position.clear();
    if (random.chance(1, 3))
        for (std::size_t c = 0; c < t.dimension; ++c)
            t.position.emplace_back(exact::Rational(static_cast<long>(random.below(3)) - 1));
    t.readout.position = -1;
    bool attends = false;
    for (std::size_t l = t.layers.size(); l-- > 0;) {
        network::Layer& layer = t.layers[l];
        if (attends) layer.attention.reset();
        if (!layer.attention) continue;
        attends = true;
        layer.attention->mask = random.chance(1, 2) ? network::Mask::none : network::Mask::causal;
        layer.attention->scale = exact::Expression(exact::Rational(2));
        for (network::Head& head : layer.attention->heads) {
            head.bias = exact::Expression(exact::Rational(static_cast<long>(random.below(2))));
            if (!head.query) continue;
            exact::AffineMap& one = random.chance(1, 2) ? *head.query : *head.key;
            for (auto& row : one.weight.rows) row.clear();
            one.bias.clear();
        }
    }
    return t;
}

std::string text_by_checker(const network::Transformer& t) {
    checker::Budget budget = tests::large_budget();
    return checker::counting_text(tests::read_by_checker(t), budget);
}

}  // namespace

TEST_CASE("Counting averages: a program says what the model says, and the checker writes the same", "[counting]") {
    const std::uint64_t seed = tests::seed();
    std::size_t asked = 0, with_units = 0, accepted = 0, words = 0;
    for (std::uint64_t k = 0; k < tests::trials(120); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 91000 + k);
        tests::RandomModelOptions options;
        options.kind = network::AttentionKind::average;
        options.symbols = k % 4 == 3 ? 3 : 2;
        network::Transformer t = with_equal_weights(random, tests::random_model(random, options));
        if (counting::not_by_counts(t)) {
            CHECK(counting::not_by_counts(t)->find("0 layers attend") != std::string::npos);
            continue;
        }
        ++asked;
        const std::string text = counting::text_of_averages(t);
        CAPTURE(text);
        with_units += text.find("max(") != std::string::npos ? 1 : 0;
        CHECK(text_by_checker(t) == text);
        checker::Budget budget = tests::large_budget();
        const checker::CountingProgram program = checker::read_counting_program(text, "program.crasp", budget);
        for (std::size_t n = 1; n <= 5; ++n) {
            language::Word word(n, 0);
            do {
                const bool expected = network::evaluate(t, word).accepts;
                CHECK(checker::accepts(program, {word.begin(), word.end()}, budget) == expected);
                accepted += expected ? 1 : 0;
                ++words;
            } while (language::next_word(word, t.alphabet));
        }
        for (network::Layer& layer : t.layers)
            if (layer.attention) layer.attention->kind = network::AttentionKind::softmax;
        CHECK(!counting::not_by_counts(t));
        CHECK(counting::text_of_averages(t) == text);
        CHECK(text_by_checker(t) == text);
    }
    CHECK(asked > 60);
    CHECK(with_units > 5);
    CHECK(accepted > words / 10);
    CHECK(accepted < words - words / 10);
}

TEST_CASE("Counting averages: what does not weigh all positions alike is told, and refused by the checker",
          "[counting]") {
    const auto refused = [](const network::Transformer& t) {
        CHECK(counting::not_by_counts(t));
        CHECK_THROWS_AS(text_by_checker(t), checker::Defect);
    };
    const network::Transformer majority = programs::zoo_model("average-majority");
    CHECK(!counting::not_by_counts(majority));
    network::Transformer t = majority;
    t.layers[0].attention->mask = network::Mask::strict;
    refused(t);
    t = majority;
    t.layers[0].attention->kind = network::AttentionKind::hard;
    refused(t);
    t = majority;
    t.layers[0].attention->heads[0].bias = exact::Expression::parse("j", "ijn", false, "test");
    refused(t);
    t = majority;
    t.readout.position = 1;
    refused(t);
    t = majority;
    t.layers.push_back(t.layers[0]);
    refused(t);
    t = majority;
    t.position.assign(t.dimension, exact::Expression::parse("i", "in", false, "test"));
    refused(t);
    refused(programs::zoo_model("average-parity"));
    refused(programs::zoo_model("average-dyck-1"));
}
