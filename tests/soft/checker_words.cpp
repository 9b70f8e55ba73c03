#include <catch2/catch.hpp>
#include <cmath>

#include "attest/formats/file.hpp"
#include "attest/soft/evaluate.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "checker/soft/word_scores.hpp"
#include "random_model.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "trials.hpp"

// The checker's doubles against its intervals: on all words of random models of every feature.

namespace attest::soft {

namespace {

struct Compared {
    std::size_t words = 0, bounded = 0, signs = 0;
};

checker::Model read(const network::Transformer& t, checker::Budget& budget) {
    return checker::read_model(
        formats::write_model(t), "model.json", [](const std::string&) { return std::string_view(); }, budget);
}

/// What is known of a score apart from doubles.
struct Known {
    bool has_value = true;  ///< no: a norm without variance
    std::optional<std::pair<exact::Rational, exact::Rational>> ends;
};

/// By the checker's intervals; where these give up, because e^x is beyond all their numbers, by balls.
Known score_of(const checker::SoftInstance& instance, const Evaluator& evaluator, const language::Word& word,
               checker::Budget& budget) {
    try {
        const checker::Interval interval = checker::score(instance, {word.begin(), word.end()}, budget);
        if (interval.is_finite()) return {true, {{interval.low(), interval.high()}}};
        const exact::Ball ball = evaluator.score(word);
        if (ball.is_finite()) return {true, {{ball.lower(), ball.upper()}}};
        return {true, std::nullopt};
    } catch (const checker::Defect&) {
        return {false, std::nullopt};
    }
}

void compare(const Known& known, const checker::WordScores::Score& found, Compared& seen) {
    ++seen.words;
    if (!(found.error < checker::infinite)) return;
    ++seen.bounded;
    CHECK(known.has_value);
    if (!known.ends) return;
    const auto& [low, high] = *known.ends;
    const exact::Rational value(found.value), error(found.error);
    CAPTURE(found.value, found.error, low.get_d(), high.get_d());
    CHECK(value - error <= high);
    CHECK(low <= value + error);
    // Where the enclosure is a point beside it, the bound must hold it.
    if (high - low < error / 1024) {
        CHECK(value - error <= low);
        CHECK(high <= value + error);
    }
    if (std::abs(found.value) > found.error) ++seen.signs;
}

void compare(const network::Transformer& t, std::int64_t length, base::Random& random, Compared& seen) {
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    const checker::Model model = read(t, budget);
    if (!model.is_soft() || !checker::fits_doubles(model)) return;
    const auto instance = instantiate(model, static_cast<std::size_t>(length), 128, budget);
    checker::WordScores scores(instance, budget, 1 + random.below(40));
    std::vector<std::vector<std::size_t>> all;
    language::Word word(static_cast<std::size_t>(length), 0);
    do all.emplace_back(word.begin(), word.end());
    while (language::next_word(word, t.alphabet));
    // In order, as they are asked for, and then out of order, so that what is kept is not what comes next.
    const Evaluator evaluator(t, length, 128);
    std::vector<Known> known;
    for (const auto& each : all) known.push_back(score_of(instance, evaluator, {each.begin(), each.end()}, budget));
    for (std::size_t k = 0; k < all.size(); ++k) compare(known[k], scores(all[k]), seen);
    for (std::size_t k = 0; k < all.size(); ++k) {
        const std::size_t any = random.below(all.size());
        compare(known[any], scores(all[any]), seen);
        compare(known[any], scores.alone(all[any]), seen);
    }
}

}  // namespace

TEST_CASE("the checker's doubles hold what its intervals hold", "[soft]") {
    const std::uint64_t seed = attest::tests::seed();
    Compared version_1, version_2;
    for (std::uint64_t round = 0; round < attest::tests::trials(120); ++round) {
        base::Random random(seed + 5000 + round);
        network::Transformer t = attest::tests::random_soft_model(random);
        if (round % 2 == 1) t = attest::tests::with_version_2(random, std::move(t));
        INFO("seed " << seed << ", round " << round << "\n" << formats::write_model(t));
        for (const std::int64_t length : {0, 1, 2, 3, t.alphabet.size() > 2 ? 4 : 5}) {
            if (t.sequence_length(length) == 0) continue;
            compare(t, length, random, round % 2 == 1 ? version_2 : version_1);
        }
    }
    for (const Compared& seen : {version_1, version_2}) {
        CAPTURE(seen.words, seen.bounded, seen.signs);
        CHECK(seen.words > 1000);
        CHECK(seen.bounded > seen.words / 2);
        CHECK(seen.signs > seen.words / 2);
    }
}

}  // namespace attest::soft
