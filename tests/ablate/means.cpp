#include "decide/ablate/means.hpp"

#include "by_definition.hpp"

using namespace ablated;

namespace {

network::Transformer hard_or_average(base::Random& random, std::uint64_t k) {
    tests::RandomModelOptions options;
    options.layers = 1 + random.below(3);
    options.kind = k % 2 == 0 ? network::AttentionKind::hard : network::AttentionKind::average;
    return tests::random_model(random, options);
}

/// Over all words and positions, or those that are read of the last layer.
Vector mean_by_definition(const network::Transformer& t, const Part& part, std::int64_t length) {
    const std::int64_t n = t.sequence_length(length);
    Vector sum(t.dimension);
    long count = 0;
    for_all_words(t, length, [&](const Word& word) {
        const ByDefinition run(t, word);
        for (std::size_t p = 0; p < run.positions(); ++p) {
            const bool last = part.layer == t.layers.size();
            if (last && static_cast<std::int64_t>(p) + 1 != t.readout_position(n)) continue;
            exact::add_to(sum, run.added(part, p));
            ++count;
        }
    });
    for (Rational& x : sum) x /= count;
    return sum;
}

}  // namespace

TEST_CASE("means of what parts add, by definition", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < tests::trials(40); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 61000 + k);
        const network::Transformer t = hard_or_average(random, k);
        const auto length = static_cast<std::int64_t>(random.below(4));
        if (t.sequence_length(length) == 0) continue;
        const Parts parts = ablate::parts_of(t);
        const auto found = ablate::find_means(t, parts, false, length, 1 << 10, {});
        REQUIRE(std::holds_alternative<ablate::Means>(found));
        const ablate::Means& means = std::get<ablate::Means>(found);
        CHECK(means.within == 0);
        for (std::size_t i = 0; i < parts.size(); ++i)
            CHECK(means.values[i] == std::vector<Vector>{mean_by_definition(t, parts[i], length)});
    }
}

TEST_CASE("sets that are enough with means in their place, as the checker finds the means", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t other = 0;
    for (std::uint64_t k = 0; k < tests::trials(20); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 62000 + k);
        const formats::ModelFile file = file_of(exact_model(random, k));
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(3));
        certify::Archive archive, plain;
        const certify::Ablation found =
            certify::ablate_parts({file, nullptr, {}, certify::Taken::means}, length, {}, {}, {}, archive);
        REQUIRE(!found.kept.empty());
        CHECK(found.within == Rational(0));
        for (const certify::KeptParts& kept : found.kept) CHECK(kept.verdict.holds());
        CHECK(found.shown == found.outcome.broken.size());
        const certify::Ablation zero = certify::ablate_parts({file, nullptr, {}}, length, {}, {}, {}, plain);
        other += zero.outcome.sufficient.front().kept != found.outcome.sufficient.front().kept ? 1 : 0;
    }
    CHECK(other > 0);
}

TEST_CASE("a mean of a softmax head is near, and the checker agrees", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < tests::trials(6); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 63000 + k);
        tests::RandomModelOptions options;
        options.kind = network::AttentionKind::softmax;
        const network::Transformer t = tests::random_model(random, options);
        const formats::ModelFile file = file_of(t);
        certify::Archive archive;
        const certify::Ablation found =
            certify::ablate_parts({file, nullptr, {}, certify::Taken::means}, 2, {}, {}, {}, archive);
        if (found.outcome.why.reason == verdict::Reason::imprecise || found.outcome.sufficient.empty()) continue;
        CHECK(found.within == Rational(1, 1L << 32));
        for (const certify::KeptParts& kept : found.kept) CHECK(kept.verdict.holds());
    }
}
