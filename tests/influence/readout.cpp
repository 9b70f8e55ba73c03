#include <catch2/catch.hpp>

#include "../soft/random_soft_model.hpp"
#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "definition.hpp"
#include "measure/influence/search.hpp"
#include "seed.hpp"

// The symbol that is read, which attention does not dilute, apart from all others.

namespace attest::influence {

namespace {

/// A random model that reads a symbol of the word.
network::Transformer random_reader(base::Random& random) {
    network::Transformer t = tests::random_soft_model(random);
    t.end.reset();
    t.readout.position = -1;
    return t;
}

constexpr std::size_t memory = std::size_t{1} << 30;

}  // namespace

TEST_CASE("boxes hold every change of the symbol that is read", "[influence]") {
    const std::uint64_t seed = tests::seed();
    std::size_t functionals = 0, witnessed = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        base::Random random(seed + 31000 + k);
        const network::Transformer t = random_reader(random);
        const auto length = static_cast<std::int64_t>(1 + random.below(t.alphabet.size() == 2 ? 5 : 4));
        CAPTURE(seed, k, length);
        const Definition truth(t, length);
        REQUIRE(truth.reads_word());
        CertifyOptions options;
        options.where = Where::readout;
        options.most_work = k % 2 == 0 ? 0 : 200'000;
        std::vector<Network> networks{instantiate(t, length, memory)};
        if (auto other = instantiate_functionals(t, length, memory))
            networks.push_back(std::move(*other)), ++functionals;
        for (const Network& network : networks) {
            const Certified certified = certify(network, options, {});
            CHECK(certified.bound >= truth.read().lo);
            CHECK(certified.by_position[static_cast<std::size_t>(truth.reader)] == certified.bound);
            if (!certified.witness) continue;
            ++witnessed;
            CHECK(certified.witness->position == truth.reader + 1);
            check_witness(t, *certified.witness, truth);
        }
    }
    CHECK(functionals > 15);
    CHECK(witnessed > 40);
}

TEST_CASE("a study brackets the symbol that is read and all others, each by itself", "[influence]") {
    const std::uint64_t seed = tests::seed();
    std::size_t apart = 0;
    for (std::uint64_t k = 0; k < 60; ++k) {
        base::Random random(seed + 32000 + k);
        const network::Transformer t = random_reader(random);
        const auto length = static_cast<std::int64_t>(1 + random.below(4));
        CAPTURE(seed, k, length);
        const Definition truth(t, length);
        const Study study = influence::study(t, length, {}, {});
        REQUIRE(study.read);
        CHECK(study.read->position == truth.reader + 1);
        CHECK(study.read->certified.bound >= truth.read().lo);
        CHECK(study.read->certified.bound <= truth.read().hi * 1.03);
        if (truth.read().lo > 0) REQUIRE(study.read->witness);
        if (study.read->witness) check_witness(t, *study.read->witness, truth);
        CHECK(study.read->reached() >= truth.read().lo / 1.03);
        CHECK(study.certified.bound >= truth.greatest.lo);
        CHECK(study.certified.bound <= truth.greatest.hi * 1.03);
        for (std::size_t p = 0; p < truth.by_position.size(); ++p)
            CHECK(study.certified.by_position[p] >= truth.by_position[p].lo);
        apart += truth.read().lo > 2 * truth.greatest.hi ? 1 : 0;
    }
    CHECK(apart > 10);
}

TEST_CASE("the search replaces the symbol that is read, or any other", "[influence]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 40; ++k) {
        base::Random random(seed + 33000 + k);
        const network::Transformer t = random_reader(random);
        const std::int64_t length = 4;
        CAPTURE(seed, k);
        const Definition truth(t, length);
        SearchOptions options;
        options.readout = truth.reader + 1;
        options.where = Where::readout;
        if (k % 2 == 1) options.most_operations = 2e4;  // fewer than all words take
        const auto found = search(FloatNetwork(t, length, memory), t.alphabet.size(), options, {});
        REQUIRE(found);
        CHECK(static_cast<std::int64_t>(found->position) == truth.reader);
        CHECK(found->change <= truth.read().hi * (1 + 1e-6) + 1e-9);
        if (found->exhaustive) CHECK(found->change == Approx(truth.read().hi).epsilon(1e-6).margin(1e-9));
    }
}

TEST_CASE("a model of one position is read there", "[influence]") {
    const network::Transformer t = formats::parse_model(
        R"({"format":"attest/model","version":1,"name":"reader","alphabet":["0","1"],"dimension":1,"embedding":{"0":[0],"1":[1]},
            "layers":[{"attention":{"kind":"softmax","heads":[{"value":[[1]],"output":[["1/10"]]}]}}],"readout":{"position":"last","weight":[1],"bias":"-1/2"}})",
        "reader.json");
    const Study study = influence::study(t, 1, {}, {});
    CHECK(study.certified.bound == 0);
    CHECK_FALSE(study.witness);
    REQUIRE(study.read);
    CHECK(study.least_certified() == study.read->certified.bound);
    CHECK(study.read->reached() > 0);
}

TEST_CASE("where the end symbol is read no symbol of the word is", "[influence]") {
    CHECK_FALSE(influence::study(programs::zoo_model("chiang-cholak-parity"), 5, {}, {}).read);
}

}  // namespace attest::influence
