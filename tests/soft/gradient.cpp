#include "soft/gradient.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/soft/evaluate.hpp"
#include "attest/soft/words.hpp"
#include "network/features.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Scores in doubles against balls; derivatives against differences of scores of a symbol very near to another.

namespace attest::soft {

TEST_CASE("the gradient in doubles agrees with scores in balls and with differences of them") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    int compared = 0, sparse = 0;
    std::map<network::Feature, int> of;  // models with the feature
    for (std::uint64_t k = 0; k < tests::trials(480); ++k) {
        network::Transformer t = tests::random_soft_model(random);
        if (random.chance(3, 4)) t = tests::with_version_2(random, t);
        REQUIRE(supports_words(t));
        // Symbol 1 is now next to symbol 0, which is where hardly an activation has a kink.
        for (std::size_t c = 0; c < t.dimension; ++c) {
            t.embedding[0][c] += exact::Rational(1 + static_cast<long>(random.below(1000)), 9973);
            t.embedding[1][c] = t.embedding[0][c] + t.embedding[1][c] / (1 << 22);
        }
        CAPTURE(k, formats::write_model(t));
        constexpr std::int64_t length = 5;
        try {
            const Gradient gradient(t, length);
            const Evaluator evaluator(t, length, 128);
            language::Word word(length, 0);
            for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
            const std::size_t at = random.below(word.size());
            word[at] = 0;
            language::Word moved = word;
            moved[at] = 1;
            const Gradient::Slopes slopes = gradient.slopes(word);
            CHECK(slopes.score == gradient.score(word));
            CHECK(slopes.change[at][0] == 0);
            if (t.readout.classes) continue;
            const exact::Ball before = evaluator.score(word), after = evaluator.score(moved);
            CHECK(slopes.score == Approx(before.middle()).margin(1e-7));
            const double difference = (after - before).middle();
            CHECK(slopes.change[at][1] == Approx(difference).epsilon(1e-3).margin(1e-10));
            if (difference == 0) continue;
            ++compared;
            for (const network::FeatureUse& use : network::features(t)) ++of[use.feature];
            sparse += std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& layer) {
                return layer.attention && layer.attention->kind == network::AttentionKind::sparsemax;
            });
        } catch (const base::InputError&) {  // a norm of a vector without variance
        }
    }
    CHECK(compared > 40);
    CHECK(sparse > 3);
    using network::Feature;
    for (const Feature feature : {Feature::head_mask, Feature::rotary, Feature::gate, Feature::pooled_readout})
        CHECK(of[feature] > 3);
}

}  // namespace attest::soft
