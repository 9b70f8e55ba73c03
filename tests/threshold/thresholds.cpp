#include <catch2/catch.hpp>

#include "attest/decide/threshold/synthesiser.hpp"
#include "decide/threshold/witness.hpp"
#include "random_network.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::threshold;
using verdict::Answer;

namespace {

NetworkClass of(std::int64_t layers, std::int64_t heads, std::optional<std::int64_t> activations = std::nullopt) {
    NetworkClass c;
    c.layers = layers;
    c.heads = heads;
    c.activations = activations;
    return c;
}

Existence ask(const NetworkClass& network, const std::string& language, std::int64_t length,
              SynthesisOptions options = {}) {
    options.proof = false;
    return threshold::search({network, language::Language::parse(language, std::nullopt), length}, options, {});
}

}  // namespace

TEST_CASE("One layer of H heads computes parity of H symbols and no more, of one more at the last position") {
    for (std::int64_t h = 1; h <= 3; ++h) {
        CAPTURE(h);
        for (std::int64_t n = 1; n <= h; ++n) CHECK(ask(of(1, h), "parity", n).answer == Answer::holds);
        CHECK(ask(of(1, h), "parity", h + 1).answer == Answer::fails);
        NetworkClass last = of(1, h);
        last.read = Reading::last;
        CHECK(ask(last, "parity", h + 1).answer == Answer::holds);
        CHECK(ask(last, "parity", h + 2).answer == Answer::fails);
    }
}

TEST_CASE("One layer that is blind beyond the last symbol, or has one number a key") {
    NetworkClass strict = of(1, 1);
    strict.mask = Mask::strict;
    CHECK(ask(strict, "first", 4).answer == Answer::holds);
    CHECK(ask(strict, "parity", 2).answer == Answer::fails);
    NetworkClass scalar = of(1, 2);
    scalar.key_dimension_one = true;
    CHECK(ask(scalar, "parity", 2).answer == Answer::holds);
    CHECK(ask(scalar, "parity", 3).answer == Answer::fails);
}

TEST_CASE("Two layers of one head compute parity of five symbols with one bit, and of eight with any values") {
    for (std::int64_t n = 1; n <= 5; ++n) CHECK(ask(of(2, 1, 2), "parity", n).answer == Answer::holds);
    CHECK(ask(of(2, 1), "parity", 8).answer == Answer::holds);
}

TEST_CASE("Without positions one network must be right at all lengths at once") {
    NetworkClass c = of(2, 1, 2);
    c.mask = Mask::strict;
    c.positions_visible = false;
    CHECK(ask(c, "parity", 2).answer == Answer::holds);
    CHECK(ask(c, "parity", 3).answer == Answer::fails);
    CHECK(ask(c, "first", 4).answer == Answer::holds);
    CHECK(ask(c, "all-ones", 4).answer == Answer::holds);
}

TEST_CASE("What a random network computes has a network") {
    const std::uint64_t seed = tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    for (std::uint64_t k = 0; k < 96; ++k) {
        NetworkClass c = of(1 + static_cast<std::int64_t>(k % 2), 1 + static_cast<std::int64_t>(k / 2 % 2));
        if (k / 4 % 2) c.activations = 2 + static_cast<std::int64_t>(k % 3 == 0);
        if (k / 8 % 2) c.mask = Mask::strict;
        if (k / 16 % 3 == 1) c.key_dimension_one = true;
        else if (k / 16 % 3 == 2 && c.activations) c.mask = Mask::strict, c.positions_visible = false;
        else if (k / 16 % 3 == 2) c.read = Reading::last;
        const tests::RandomNetwork network(c, seed + k);
        const std::int64_t length = c.layers * c.heads < 4 ? 4 : 3;
        const language::Language language = network.language(length);
        CAPTURE(k, describe(c), language.name());
        SynthesisOptions options;
        options.proof = false;
        CHECK(threshold::search({c, language, length}, options, {}).answer == Answer::holds);
    }
}

TEST_CASE("Symmetry breaks change no answer") {
    const auto with = [](std::vector<Break> breaks) {
        SynthesisOptions options;
        options.breaks = std::move(breaks);
        options.narrow = false;
        return options;
    };
    const std::vector<std::vector<Break>> all = {
        {},
        {Break::activations},
        {Break::heads},
        {Break::permutations},
        {Break::permutations, Break::complements},
        {Break::activations, Break::heads, Break::permutations, Break::complements}};
    for (const std::string language : {"parity", "majority", "all-ones", "mod:3,0", "palindrome", "contains:11"})
        for (const NetworkClass& c : {of(1, 1), of(1, 2), of(2, 1, 2), of(2, 2, 2)})
            for (const Reading read : {Reading::end, Reading::last}) {
                NetworkClass asked = c;
                asked.read = read;
                CAPTURE(language, describe(asked));
                const Answer without = ask(asked, language, 3, with({})).answer;
                REQUIRE(without != Answer::undecided);
                for (const auto& breaks : all) CHECK(ask(asked, language, 3, with(breaks)).answer == without);
            }
}

TEST_CASE("Symmetry breaks of key dimension 1 change no answer") {
    std::size_t impossible = 0;
    for (const std::string language : {"parity", "even", "first", "last", "table:6666", "table:5aa5",
                                       "majority"})  // XORs of some symbols, and one that is none
        for (const NetworkClass& c : {of(1, 1), of(1, 2), of(2, 1, 2), of(2, 1)})
            for (const Reading read : {Reading::end, Reading::last})
                for (const Mask mask : {Mask::none, Mask::strict}) {
                    NetworkClass asked = c;
                    asked.key_dimension_one = true;
                    asked.read = read;
                    asked.mask = mask;
                    CAPTURE(language, describe(asked));
                    const std::int64_t length = language[0] == 't' || asked.layers == 1 ? 4 : 3;
                    const auto with = [&](std::vector<Break> breaks) {
                        SynthesisOptions options;
                        options.breaks = std::move(breaks);
                        options.narrow = false;
                        return ask(asked, language, length, options).answer;
                    };
                    const Answer without = with({});
                    REQUIRE(without != Answer::undecided);
                    impossible += without == Answer::fails ? 1 : 0;
                    for (const auto& breaks :
                         std::vector<std::vector<Break>>{{Break::signs},
                                                         {Break::numbers},
                                                         {Break::signs, Break::numbers},
                                                         {Break::activations, Break::signs, Break::numbers}})
                        CHECK(with(breaks) == without);
                }
    CHECK(impossible > 10);
}

TEST_CASE("Tables with one accepted value more or less are wrong on a word") {
    const Specification s{of(2, 1, 2), language::Language::parse("parity", std::nullopt), 4};
    const network::Guhat network = *threshold::search(s, {}, {}).network;
    REQUIRE_FALSE(mistake(s, network).has_value());
    for (const network::ValueId value : network.accept) {
        network::Guhat less = network;
        less.accept.erase(value);
        CHECK(mistake(s, less).has_value());
    }
    network::GuhatEvaluator evaluator(network);
    for (const Sample& sample : samples(s)) {
        if (sample.accepted) continue;
        network::Guhat more = network;
        const network::ValueId value = evaluator.final_value(sample.word);
        if (static_cast<std::size_t>(value) >= more.values.size()) more = evaluator.guhat();
        more.accept.insert(value);
        CHECK(mistake(s, more).has_value());
    }
}

TEST_CASE("Classes that have no meaning are refused") {
    NetworkClass c = of(2, 1, 2);
    c.positions_visible = false;
    CHECK_THROWS_WITH(ask(c, "parity", 2), Catch::Contains("--mask strict"));
    c.mask = Mask::strict;
    c.key_dimension_one = true;
    CHECK_THROWS_WITH(ask(c, "parity", 2), Catch::Contains("--key-dimension"));
    CHECK_THROWS_WITH(ask(of(1, 1), "table:96", 2), Catch::Contains("defined"));
}
