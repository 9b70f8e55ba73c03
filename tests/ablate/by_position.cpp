#include "decide/ablate/by_position.hpp"

#include "../soft/random_soft_model.hpp"
#include "attest/soft/words.hpp"
#include "by_definition.hpp"
#include "decide/ablate/means.hpp"

using namespace ablated;

namespace {

/// Whole and half numbers for some of the parts, at each position.
ablate::Removal some_constants(base::Random& random, const network::Transformer& t, std::int64_t length) {
    ablate::Removal removal;
    for (const Part& part : ablate::parts_of(t)) {
        if (random.chance(1, 2)) continue;
        removal.parts.push_back(part);
        std::vector<Vector>& positions = removal.by_position.emplace_back();
        for (std::int64_t p = 0; p < t.sequence_length(length); ++p) {
            positions.emplace_back();
            for (std::size_t c = 0; c < t.dimension; ++c) {
                positions.back().emplace_back(static_cast<long>(random.below(9)) - 4, 2);
                positions.back().back().canonicalize();
            }
        }
    }
    return removal;
}

}  // namespace

TEST_CASE("constants by position are what parts add, by definition", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t removed = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 71000 + k);
        tests::RandomModelOptions options;
        options.layers = 1 + random.below(3);
        options.kind = k % 2 == 0 ? network::AttentionKind::hard : network::AttentionKind::average;
        network::Transformer t = tests::random_model(random, options);
        for (network::Layer& layer : t.layers) {
            if (layer.attention && random.chance(1, 3)) layer.attention->residual = false;
            if (layer.feedforward && random.chance(1, 3)) layer.feedforward->residual = false;
        }
        const auto length = static_cast<std::int64_t>(random.below(4));
        if (t.sequence_length(length) == 0) continue;
        const ablate::Removal removal = some_constants(random, t, length);
        if (removal.empty()) continue;
        const network::Transformer changed = ablate::without(t, removal);
        const network::Evaluator evaluator(changed, length);
        const auto read = static_cast<std::size_t>(t.readout_position(t.sequence_length(length)) - 1);
        for_all_words(t, length, [&](const Word& word) {
            const ByDefinition run(t, word, {}, removal);
            CHECK(evaluator.evaluate(word).score == exact::dot(t.readout.weight, run.final(read)) + t.readout.bias);
        });
        ++removed;
    }
    CHECK(removed > 20);
}

TEST_CASE("means by position of what parts add, by definition", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < tests::trials(30); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 72000 + k);
        tests::RandomModelOptions options;
        options.layers = 1 + random.below(3);
        options.kind = k % 2 == 0 ? network::AttentionKind::hard : network::AttentionKind::average;
        const network::Transformer t = tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(random.below(4));
        if (t.sequence_length(length) == 0) continue;
        const Parts parts = ablate::parts_of(t);
        const auto found = ablate::find_means(t, parts, true, length, 1 << 10, {});
        REQUIRE(std::holds_alternative<ablate::Means>(found));
        const ablate::Means& means = std::get<ablate::Means>(found);
        CHECK(means.within == 0);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            REQUIRE(means.values[i].size() == static_cast<std::size_t>(t.sequence_length(length)));
            for (std::size_t p = 0; p < means.values[i].size(); ++p) {
                Vector sum(t.dimension);
                long words = 0;
                for_all_words(t, length, [&](const Word& word) {
                    exact::add_to(sum, ByDefinition(t, word).added(parts[i], p));
                    ++words;
                });
                for (Rational& x : sum) x /= words;
                CHECK(means.values[i][p] == sum);
            }
        }
    }
}

TEST_CASE("sets that are enough with means by position in their place, as the checker evaluates them", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t other = 0;
    for (std::uint64_t k = 0; k < tests::trials(20); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 73000 + k);
        const formats::ModelFile file = file_of(exact_model(random, k));
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(3));
        certify::Archive archive, plain;
        const certify::Ablation found =
            certify::ablate_parts({file, nullptr, {}, certify::Taken::means_by_position}, length, {}, {}, {}, archive);
        REQUIRE(!found.kept.empty());
        CHECK(found.within == Rational(0));
        for (const certify::KeptParts& kept : found.kept) CHECK(kept.verdict.holds());
        CHECK(found.shown == found.outcome.broken.size());
        const certify::Ablation mean =
            certify::ablate_parts({file, nullptr, {}, certify::Taken::means}, length, {}, {}, {}, plain);
        other += mean.outcome.sufficient.front().kept != found.outcome.sufficient.front().kept ? 1 : 0;
    }
    CHECK(other > 0);
}

TEST_CASE("softmax models with means by position, which doubles and the checker evaluate alike", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t held = 0, shown = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 74000 + k);
        network::Transformer t = tests::random_soft_model(random);
        if (k % 3 == 0) t = tests::with_version_2(random, std::move(t));
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(3));
        if (t.kind() != network::AttentionKind::softmax || ablate::parts_of(t).size() > 5 || !soft::supports_words(t))
            continue;
        certify::Archive archive;
        const formats::ModelFile file = file_of(t);
        const certify::Ablation found =
            certify::ablate_parts({file, nullptr, {}, certify::Taken::means_by_position}, length, {}, {}, {}, archive);
        if (found.outcome.why.reason != verdict::Reason::none || found.outcome.sufficient.empty()) continue;
        CHECK(*found.within <= Rational(1, 1L << 32));
        for (const certify::KeptParts& kept : found.kept) CHECK(kept.verdict.holds());
        CHECK(found.shown == found.outcome.broken.size());
        ++held;
        shown += found.shown;
    }
    CHECK(held > 3);
    CHECK(shown > 3);
}

TEST_CASE("means by position are not asked about where a vector moves", "[ablate]") {
    base::Random random(7);
    const formats::ModelFile file = file_of(exact_model(random, 0));
    certify::Archive archive;
    CHECK_THROWS_AS(certify::ablate_parts({file, nullptr, {}, certify::Taken::means_by_position, Rational(1)}, 2, {},
                                          {}, {}, archive),
                    base::Unsupported);
}
