#include <catch2/catch.hpp>
#include <cmath>

#include "../soft/random_soft_model.hpp"
#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/measure/influence/study.hpp"
#include "attest/programs/zoo.hpp"
#include "definition.hpp"
#include "measure/influence/float_network.hpp"
#include "seed.hpp"

// Boxes, and enumeration by counts, against the definition: all words, all replacements, each difference in balls.

namespace attest::influence {

TEST_CASE("boxes hold every change of random models", "[influence]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 150; ++k) {
        base::Random random(seed + 7000 + k);
        const network::Transformer t = tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(1 + random.below(t.alphabet.size() == 2 ? 5 : 4));
        CAPTURE(seed, k, length);
        const Definition truth(t, length);
        const Network network = instantiate(t, length, std::size_t{1} << 30);
        CertifyOptions options;
        options.most_work = k % 2 == 0 ? 0 : 200'000;
        const Certified certified = certify(network, options, {});
        check_sound(certified, truth);
        if (certified.witness) check_witness(t, *certified.witness, truth);
    }
}

namespace {

/// Of a model that boxes do not follow: what all words say is what the definition says. False: it has no score, and is refused.
bool check_by_words(const network::Transformer& t, std::int64_t length) {
    try {
        require_followed(t, length);
    } catch (const base::Unsupported&) {
        return false;
    }
    const Definition truth(t, length);
    const bool is_finite = std::all_of(truth.by_position.begin(), truth.by_position.end(),
                                       [](const Interval& most) { return std::isfinite(most.hi); });
    if (!is_finite) return false;  // a norm on equal coordinates
    const Study study = influence::study(t, length, {}, {});
    REQUIRE(study.by_words);
    CHECK_FALSE(study.vector);
    check_sound(study.certified, truth);
    CHECK(study.certified.bound <= truth.greatest.hi * (1 + 1e-9) + 1e-30);
    CHECK(study.read.has_value() == truth.reads_word());
    if (study.witness) check_witness(t, *study.witness, truth);
    if (study.read) CHECK(study.read->certified.bound >= truth.read().lo);
    if (study.read && study.read->witness) check_witness(t, *study.read->witness, truth);
    return true;
}

}  // namespace

TEST_CASE("boxes hold every change of random models of version 2, or all words do", "[influence]") {
    const std::uint64_t seed = tests::seed();
    std::size_t followed = 0, refused = 0, activations = 0, by_words = 0;
    for (std::uint64_t k = 0; k < 400; ++k) {
        base::Random random(seed + 17000 + k);
        const network::Transformer t = tests::with_version_2(random, tests::random_soft_model(random), 12, false);
        const auto length = static_cast<std::int64_t>(1 + random.below(t.alphabet.size() == 2 ? 4 : 3));
        CAPTURE(seed, k, length, formats::write_model(t));
        std::optional<Network> network;
        std::string refusal;
        try {
            network = instantiate(t, length, std::size_t{1} << 30);
        } catch (const base::Unsupported& error) {
            refusal = error.what();
            CHECK(refusal.starts_with("random:"));
        } catch (const base::UsageError& error) {
            refusal = error.what();  // sparsemax
        }
        if (!network) {
            ++(check_by_words(t, length) ? by_words : refused);
            continue;
        }
        ++followed;
        for (const network::Layer& layer : t.layers)
            activations += layer.feedforward && layer.feedforward->maps.size() > 1 &&
                           layer.feedforward->activation.kind != exact::Activation::Kind::relu;
        const Definition truth(t, length);
        CertifyOptions options;
        options.most_work = k % 2 == 0 ? 0 : 100'000;
        const Certified certified = certify(*network, options, {});
        check_sound(certified, truth);
        if (certified.witness) check_witness(t, *certified.witness, truth);
        if (const auto functionals = instantiate_functionals(t, length, std::size_t{1} << 30))
            check_sound(certify(*functionals, options, {}), truth);
        // The search in doubles finds what balls confirm.
        language::Word word(static_cast<std::size_t>(length));
        for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
        const exact::Ball score = soft::Evaluator(t, length, 128).score(word);
        const double logit = FloatNetwork(t, length, std::size_t{1} << 30).logit(word);
        if (score.is_finite() && std::isfinite(logit))
            CHECK(logit == Approx(score.middle()).epsilon(1e-6).margin(1e-6));
    }
    CHECK(followed > 40);
    CHECK(by_words > 40);
    CHECK(refused < 40);
    CHECK(activations > 10);
}

TEST_CASE("boxes of functionals hold every change, and are narrower", "[influence]") {
    const std::uint64_t seed = tests::seed();
    std::size_t models = 0, narrower = 0, wider = 0;
    for (std::uint64_t k = 0; k < 240; ++k) {
        base::Random random(seed + 11000 + k);
        const network::Transformer t =
            k % 8 == 0 ? programs::zoo_model("random-bounded-" + std::to_string(1 + random.below(3)) + "-2-4-seed-" +
                                             std::to_string(random.below(1000)))
                       : tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(1 + random.below(t.alphabet.size() == 2 ? 5 : 4));
        CAPTURE(seed, k, length, t.name);
        const auto network = instantiate_functionals(t, length, std::size_t{1} << 30);
        CHECK(network.has_value() == !has_norm(t));
        if (!network) continue;
        ++models;
        const Definition truth(t, length);
        CertifyOptions options;
        options.most_work = k % 2 == 0 ? 0 : 200'000;
        const Certified certified = certify(*network, options, {});
        check_sound(certified, truth);
        if (certified.witness) check_witness(t, *certified.witness, truth);
        options.most_work = 0;
        const double own = certify(instantiate(t, length, std::size_t{1} << 30), options, {}).bound,
                     bound = certify(*network, options, {}).bound;
        narrower += bound < 0.9 * own ? 1 : 0;
        wider += bound > 1.1 * own ? 1 : 0;
    }
    CHECK(models > 60);
    CHECK(narrower > 4 * wider);
}

TEST_CASE("certified bounds of random bounded networks are near what is reached", "[influence]") {
    for (const auto& [name, length, ratio] : {std::tuple{"random-bounded-2-2-8-seed-1", 20, 2.0},
                                              {"random-bounded-2-2-8-seed-3", 14, 3.0},
                                              {"random-bounded-2-4-16-seed-1", 12, 2.5}}) {
        CAPTURE(name);
        StudyOptions options;
        options.most_work = 30'000'000;
        options.most_balls = 1e6;
        options.most_operations = 1e8;
        const Study study = influence::study(programs::zoo_model(name), length, options, {});
        CHECK(study.ratio() >= 1);
        CHECK(study.ratio() <= ratio);
    }
}

TEST_CASE("enumeration finds exactly the greatest change of random models", "[influence]") {
    const std::uint64_t seed = tests::seed();
    std::size_t by_counts = 0;
    for (std::uint64_t k = 0; k < 100; ++k) {
        base::Random random(seed + 8000 + k);
        const network::Transformer t = tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(1 + random.below(4));
        CAPTURE(seed, k, length);
        const Definition truth(t, length);
        const auto all = enumerate(t, length, 1e9, {});
        REQUIRE(all);
        CHECK(all->bound >= truth.greatest.lo);
        CHECK(all->bound <= truth.greatest.hi * (1 + 1e-12));
        for (std::size_t p = 0; p < truth.by_position.size(); ++p)
            CHECK(all->by_position[p] <= truth.by_position[p].hi * (1 + 1e-12));
        if (all->witness) check_witness(t, *all->witness, truth);
        by_counts += all->classes < static_cast<std::size_t>(length) ? 1 : 0;
    }
    CHECK(by_counts > 10);
}

TEST_CASE("the study of a model of the zoo brackets its influence", "[influence]") {
    for (const std::string name :
         {"chiang-cholak-parity", "chiang-cholak-first", "chiang-cholak-parity-norm", "chiang-cholak-first-norm",
          "chiang-cholak-first-log", "uniform-parity-2", "uniform-parity-3", "uniform-parity-3-causal",
          "uniform-majority", "random-bounded-2-2-8-seed-1"}) {
        const network::Transformer t = programs::zoo_model(name);
        CAPTURE(name);
        const Definition truth(t, 6);
        const Study study = influence::study(t, 6, {}, {});
        check_sound(study.certified, truth);
        REQUIRE(study.witness);
        check_witness(t, *study.witness, truth);
        CHECK(study.reached() >= truth.greatest.lo / 1.02);
        CHECK(study.ratio() <= 1.02);
        CHECK(study.lemma.bound() >= study.reached());
    }
}

}  // namespace attest::influence
