#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "attest/decide/recognise/prove.hpp"
#include "attest/programs/zoo.hpp"
#include "attest/soft/evaluate.hpp"
#include "measure/influence/sample.hpp"
#include "seed.hpp"

// Samples of words against all words, by their counts; and the published table of layer norms beyond ten symbols.

namespace attest::influence {

namespace {

using language::Word;

bool is_odd(const Word& word) { return std::count(word.begin(), word.end(), 1U) % 2 == 1; }

Sample sample_parity(const network::Transformer& t, std::int64_t length, std::uint64_t words, std::uint64_t seed) {
    const double greatest = 3.2;  // sqrt(10), which no norm of 20 coordinates of which two count exceeds
    const auto found = sample(t, length, is_odd, {words, seed, {-greatest, greatest}}, {});
    REQUIRE(found);
    return *found;
}

decide::Enclosure all_words(const network::Transformer& t, std::int64_t length) {
    const decide::Outcome outcome =
        decide::prove({t, language::Language::parse("parity", t.alphabet), {0, 1}, length}, {}, {});
    REQUIRE(outcome.enclosure() != nullptr);
    return *outcome.enclosure();
}

double margin(const network::Transformer& t, std::int64_t length, std::int64_t ones) {
    Word word(static_cast<std::size_t>(length), 0);
    std::fill_n(word.begin(), ones, 1U);
    return std::abs(soft::Evaluator(t, length, 128).score(word).middle());
}

}  // namespace

TEST_CASE("layer norm with eps = 1e-5: the published table at all lengths, sampled and of all words", "[influence]") {
    const std::uint64_t seed = tests::seed();
    const network::Transformer t = programs::zoo_model("chiang-cholak-parity-norm");
    struct Row {
        std::int64_t length;
        double bits;
    };
    for (const Row& row :
         {Row{10, .072522}, Row{20, .203423}, Row{50, .746417}, Row{100, .929420}, Row{200, .981795}}) {
        CAPTURE(seed, row.length);
        const Sample sampled = sample_parity(t, row.length, 500, seed);
        CHECK(sampled.right == 500);
        CHECK(sampled.right_share.hi == 1);
        CHECK(sampled.right_share.lo > 0.99);
        const decide::Enclosure all = all_words(t, row.length);
        CHECK(sampled.cross_entropy.distribution_free);
        CHECK(sampled.cross_entropy.interval.contains(all.cross_entropy.middle()));
        CHECK(sampled.cross_entropy.value == Approx(all.cross_entropy.middle()).epsilon(0.02));
        // Theirs is a mean over twenty words.
        CHECK(all.cross_entropy.middle() == Approx(row.bits).epsilon(row.length == 10 ? 1e-5 : 0.01));
        CHECK(sampled.margin().hi >= all.margin.get_d());
        // The patterns hold the worst word, which random ones do not come near.
        CHECK(sampled.nearest == all.nearest);
    }
    // The least margins that were published are those of the worst of twenty words.
    const auto has_margin = [&](std::int64_t length, double published) {
        bool found = false;
        for (std::int64_t ones = length / 2; ones <= length * 3 / 4; ++ones)
            found = found || std::abs(margin(t, length, ones) / published - 1) < 1e-5;
        return found;
    };
    CHECK(has_margin(100, 0.0924842));
    CHECK(has_margin(1000, 1.00298e-3));
}

TEST_CASE("a sample covers the mean over all words, and is the same for the same seed", "[influence]") {
    const std::uint64_t seed = tests::seed();
    const network::Transformer t = programs::zoo_model("random-bounded-2-2-8-seed-1");
    const soft::Evaluator evaluator(t, 8, 128);
    double sum = 0, right = 0;
    Word word(8, 0);
    do {
        const double z = evaluator.score(word).middle();
        sum += std::log2(1 + std::exp(is_odd(word) ? -z : z)) / 256;
        right += ((z > 0) == is_odd(word) ? 1 : 0) / 256.0;
    } while (language::next_word(word, t.alphabet));
    int missed = 0, missed_right = 0;
    for (std::uint64_t k = 0; k < 100; ++k) {
        for (const Interval range : {Interval{-3, 3}, exact::everything}) {
            const auto found = sample(t, 8, is_odd, {200, seed + k, range}, {});
            REQUIRE(found);
            CHECK(found->cross_entropy.distribution_free == range.is_finite());
            missed += found->cross_entropy.interval.contains(sum) ? 0 : 1;
            missed_right += found->right_share.contains(right) ? 0 : 1;
        }
    }
    CAPTURE(seed, sum, right);
    CHECK(missed < 30);  // of 200, where ten or fewer are promised
    CHECK(missed_right < 30);
    CHECK(sample_parity(t, 20, 100, 5).cross_entropy.value == sample_parity(t, 20, 100, 5).cross_entropy.value);
    CHECK(sample_parity(t, 20, 100, 5).cross_entropy.value != sample_parity(t, 20, 100, 6).cross_entropy.value);
    CHECK(sample_parity(t, 20, 100, 5).margin().hi < 0);
}

}  // namespace attest::influence
