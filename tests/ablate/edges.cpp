#include "decide/ablate/edges.hpp"

#include "attest/programs/zoo.hpp"
#include "by_definition.hpp"

using namespace ablated;

TEST_CASE("without edges a model computes what heads give that do not read others", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t cut = 0, changed = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 64000 + k);
        tests::RandomModelOptions options;
        options.layers = 2 + random.below(2);
        if (k % 2 == 1) options.kind = network::AttentionKind::average;
        const network::Transformer t = tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(random.below(4));
        const std::int64_t n = t.sequence_length(length);
        if (n == 0) continue;
        Parts edges;
        for (const Part& edge : ablate::edges_of(t))
            if (random.below(2) == 0) edges.push_back(edge);
        if (edges.empty()) continue;
        ++cut;
        const network::Transformer rest = ablate::without(t, ablate::Removal{edges});
        const auto read = static_cast<std::size_t>(t.readout_position(n) - 1);
        for_all_words(t, length, [&](const Word& word) {
            const Rational score =
                exact::dot(t.readout.weight, ByDefinition(t, word, edges).final(read)) + t.readout.bias;
            CHECK(network::evaluate(rest, word).score == score);
            changed += network::evaluate(t, word).score != score ? 1 : 0;
        });
    }
    CHECK(cut > 10);
    CHECK(changed > 10);
}

TEST_CASE("smallest sets of edges, with certificates", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t some = 0;
    for (std::uint64_t k = 0; k < tests::trials(25); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 65000 + k);
        tests::RandomModelOptions options;
        options.layers = 2;
        const formats::ModelFile file = file_of(tests::random_model(random, options));
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(3));
        certify::Archive archive;
        const certify::Ablation found =
            certify::ablate_parts({file, nullptr, {}, certify::Taken::edges}, length, {}, {}, {}, archive);
        REQUIRE(!found.kept.empty());
        for (const certify::KeptParts& kept : found.kept) CHECK(kept.verdict.holds());
        CHECK(found.shown == found.outcome.broken.size());
        some += found.kept.front().kept.empty() ? 0 : 1;
    }
    CHECK(some > 0);
}

TEST_CASE("no edge leads past a norm after a part", "[ablate]") {
    network::Transformer t;
    t.dimension = 1;
    t.embedding = {{0}, {1}};
    network::Attention attention;
    attention.kind = network::AttentionKind::softmax;
    network::Head head;
    head.value = head.output = exact::AffineMap{{1, {{{0, 1}}}}, {}};
    attention.heads = {head};
    attention.norm =
        network::Norm{network::Norm::Placement::pre, network::Norm::Kind::rms, 1, {Rational(1)}, {Rational(0)}};
    t.layers.resize(3, {attention, {}});
    CHECK(ablate::edges_of(t).size() == 3);
    t.layers[1].attention->norm->placement = network::Norm::Placement::post;
    CHECK(ablate::edges_of(t) == Parts{{1, 1, 2, 1}});
}
