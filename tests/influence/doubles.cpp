#include <catch2/catch.hpp>

#include "../soft/random_soft_model.hpp"
#include "attest/base/error.hpp"
#include "attest/programs/zoo.hpp"
#include "attest/soft/evaluate.hpp"
#include "measure/influence/float_network.hpp"
#include "measure/influence/search.hpp"
#include "seed.hpp"

// The forward pass in doubles against balls, and its incremental form against passes of their own.

namespace attest::influence {

namespace {

using language::Word;

constexpr std::size_t memory = std::size_t{1} << 30;

Word random_word(std::size_t symbols, std::int64_t length, base::Random& random) {
    Word word(static_cast<std::size_t>(length));
    for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(symbols));
    return word;
}

void check_model(const network::Transformer& t, const Word& word) {
    const auto length = static_cast<std::int64_t>(word.size());
    const FloatNetwork floats(t, length, memory);
    const exact::Ball score = soft::Evaluator(t, length, 128).score(word);
    const double middle = score.middle();
    CAPTURE(t.name, t.alphabet.spell(word));
    if (!score.is_finite() || std::abs(middle) > 1e9) return;
    const double near = 1e-8 * (1 + std::abs(middle));
    CHECK(std::abs(floats.logit(word) - middle) <= near);
    for (language::Symbol to = 0; to < t.alphabet.size(); ++to) {
        const std::vector<double> logits = floats.replaced(word, to);
        REQUIRE(logits.size() == word.size());
        for (std::size_t p = 0; p < word.size(); ++p) {
            Word other = word;
            other[p] = to;
            CAPTURE(p, to);
            CHECK(std::abs(logits[p] - floats.logit(other)) <= near);
        }
    }
}

}  // namespace

TEST_CASE("doubles agree with balls and with themselves on random models", "[influence]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 300; ++k) {
        base::Random random(seed + 9000 + k);
        const network::Transformer t = tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(1 + random.below(k % 10 == 0 ? 80 : 7));
        CAPTURE(seed, k);
        check_model(t, random_word(t.alphabet.size(), length, random));
    }
}

TEST_CASE("doubles agree with balls and with themselves on the zoo", "[influence]") {
    base::Random random(tests::seed() + 1);
    for (const std::string name :
         {"chiang-cholak-parity", "chiang-cholak-first", "chiang-cholak-parity-norm", "chiang-cholak-first-log",
          "uniform-parity-2", "uniform-parity-3", "uniform-parity-3-causal", "random-bounded-1-2-6-seed-3",
          "random-bounded-2-4-32-seed-1", "random-bounded-3-2-8-seed-1"}) {
        const network::Transformer t = programs::zoo_model(name);
        for (const std::int64_t length : {3, 32, 70}) check_model(t, random_word(2, length, random));
    }
}

TEST_CASE("doubles agree with balls where a layer between those that attend has no heads", "[influence]") {
    base::Random random(tests::seed() + 2);
    network::Transformer t = programs::zoo_model("random-bounded-3-2-8-seed-1");
    t.layers.insert(t.layers.begin() + 1, {.attention = {}, .feedforward = t.layers[2].feedforward});
    for (const std::int64_t length : {2, 9, 40}) check_model(t, random_word(2, length, random));
}

TEST_CASE("search finds the greatest change where it can try all words", "[influence]") {
    const network::Transformer t = programs::zoo_model("random-bounded-2-2-8-seed-1");
    const FloatNetwork floats(t, 8, memory);
    SearchOptions options;
    const auto all = search(floats, 2, options, {});
    REQUIRE(all);
    CHECK(all->exhaustive);
    options.most_operations = 0.3e6;  // too little for all words
    const auto some = search(floats, 2, options, {});
    REQUIRE(some);
    CHECK_FALSE(some->exhaustive);
    CHECK(some->change <= all->change * (1 + 1e-9));
    CHECK(some->change >= 0.5 * all->change);
    Word other = all->word;
    other[all->position] = all->to;
    CHECK(std::abs(floats.logit(other) - floats.logit(all->word)) == Approx(all->change).epsilon(1e-9));
}

TEST_CASE("a model without softmax attention has no forward pass in doubles", "[influence]") {
    CHECK_THROWS_AS(FloatNetwork(programs::zoo_model("contains-1"), 4, memory), base::UsageError);
    CHECK_THROWS_AS(FloatNetwork(programs::zoo_model("chiang-cholak-parity"), 1 << 20, 1 << 20), base::Unsupported);
}

TEST_CASE("where all replacements are too much work, some are tried", "[influence]") {
    const network::Transformer t = programs::zoo_model("chiang-cholak-parity");
    const FloatNetwork floats(t, 3000, memory);
    SearchOptions options;
    options.most_operations = 1e6;
    REQUIRE(floats.operations() > options.most_operations);
    const auto found = search(floats, 2, options, {});
    REQUIRE(found);
    Word other = found->word;
    other[found->position] = found->to;
    CHECK(found->change > 0);
    CHECK(std::abs(floats.logit(other) - floats.logit(found->word)) == found->change);
    CHECK_FALSE(found->exhaustive);
}

}  // namespace attest::influence
