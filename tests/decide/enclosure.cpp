#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/soft/judge.hpp"
#include "base/random.hpp"
#include "decide/recognise/exchange.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "soft/blowup.hpp"
#include "trials.hpp"

// All words of a softmax model, many at a time in doubles: against each of them in balls, to the last digit of the margin that is shown.

namespace attest::decide {

namespace {

/// Everything that balls say, word by word.
struct ByBalls {
    std::optional<exact::Rational> margin;  ///< nothing: some word is rejected
    language::Word nearest, rejected;
    exact::Ball cross_entropy;
    exact::Ball least;  ///< score
    std::uint64_t words = 0;
};

ByBalls by_balls(const network::Transformer& t, std::int64_t length) {
    soft::Judge judge(t, length);
    ByBalls result;
    language::Word word(static_cast<std::size_t>(length), 0);
    bool rejects = false;
    do {
        const soft::Judgement judged = judge.judge(word, {});
        REQUIRE(judged.accepts);
        if (!*judged.accepts && !rejects) rejects = true, result.rejected = word;
        if (result.words == 0 || judged.score.lower() < result.least.lower()) result.least = judged.score;
        if (!result.margin || judged.score.lower() < *result.margin)
            result.margin = judged.score.lower(), result.nearest = word;
        result.cross_entropy += soft::cross_entropy(judged.score, true);
        ++result.words;
    } while (language::next_word(word, t.alphabet));
    if (rejects) result.margin.reset();
    result.cross_entropy /= exact::Ball(static_cast<long>(result.words));
    return result;
}

Outcome accepts_all(const network::Transformer& t, std::int64_t length) {
    const language::Language all = language::Language::parse("regex:.*", t.alphabet);
    std::vector<language::Symbol> meaning;
    for (language::Symbol s = 0; s < t.alphabet.size(); ++s) meaning.push_back(s);
    return prove({t, all, meaning, length}, {}, {});
}

/// A model whose words differ, and the length at which they are looked at.
std::optional<std::pair<network::Transformer, std::int64_t>> random_case(base::Random& random) {
    std::pair<network::Transformer, std::int64_t> found{tests::random_soft_model(random), 0};
    found.second = found.first.alphabet.size() > 2 ? 4 : 6;
    try {
        const ByBalls before = by_balls(found.first, found.second);
        if (!before.least.is_finite()) return std::nullopt;
        // The least score becomes about 1/7, so that all words are accepted and some are near to 0; or it stays as it is.
        if (random.chance(2, 3))
            found.first.readout.bias += exact::Rational(1, 7) - exact::Rational(before.least.middle());
    } catch (const base::InputError&) {
        return std::nullopt;
    }
    return found;
}

}  // namespace

TEST_CASE("words in doubles first: outcomes are those of balls word by word", "[query]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    std::size_t held = 0, failed = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(40); ++trial) {
        const auto found = random_case(random);
        if (!found) continue;
        const auto& [t, length] = *found;
        const Outcome outcome = accepts_all(t, length);
        const ByBalls expected = by_balls(t, length);
        CAPTURE(t.name, length, t.alphabet.size());
        if (!expected.margin) {
            ++failed;
            REQUIRE(outcome.fails());
            CHECK(outcome.score()->bits == 128);
            if (outcome.statistics.words > 0) CHECK(!outcome.counterexample()->actual);
            continue;
        }
        REQUIRE(outcome.enclosure() != nullptr);
        const Enclosure& enclosure = *outcome.enclosure();
        CHECK((enclosure.cross_entropy - expected.cross_entropy).contains_zero());
        if (!enclosure.classes.empty()) continue;  // by counts
        ++held;
        CHECK(outcome.statistics.words == expected.words);
        CHECK(enclosure.bits == 128);
        // Of doubles where they tell it to the digits that are shown, else of balls.
        CHECK(enclosure.margin <= expected.least.upper());
        CHECK(margin_text(enclosure) == margin_text({128, *expected.margin, {}, {}}));
        CHECK(enclosure.nearest == expected.nearest);
    }
    CHECK(held > 5);
    CHECK(failed > 1);
}

TEST_CASE("words too many to look at: a mistake may be guessed, and is replayed in balls", "[query]") {
    // Accepts iff the mean of the symbols is above 3/4 or so: wrong where few of many are 0.
    const network::Transformer t = formats::parse_model(
        R"({"format": "attest/model", "version": 1, "name": "mostly-ones", "alphabet": ["0", "1"], "dimension": 1,
            "embedding": {"0": [0], "1": [1]}, "position": ["i/100000"],
            "layers": [{"attention": {"kind": "softmax", "residual": false, "heads": [{"value": [[1]], "output": [[1]]}]}}],
            "readout": {"position": "last", "weight": [1], "bias": -0.75}})",
        "mostly-ones.json");
    const language::Language ones = language::Language::parse("all-ones", std::nullopt);
    const auto meaning = relate(t.alphabet, ones.alphabet(), {});
    CHECK(prove(Question{t, ones, meaning, 30}, {}, {}).undecided() != nullptr);
    ProveOptions guessing;
    guessing.guesses = true;
    const Outcome outcome = prove(Question{t, ones, meaning, 30}, guessing, {});
    REQUIRE(outcome.fails());
    CHECK(outcome.counterexample()->actual);
    CHECK(!ones.contains(outcome.counterexample()->word));
    CHECK(soft::Judge(t, 30).judge(outcome.counterexample()->word, {}).accepts == true);
    CHECK(prove(Question{t, ones, meaning, 100000}, guessing, {}).undecided() != nullptr);
}

}  // namespace attest::decide
