#include <catch2/catch.hpp>
#include <cmath>

#include "attest/formats/file.hpp"
#include "attest/soft/evaluate.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "checker/soft/word_logits.hpp"
#include "random_model.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "soft/word_logits.hpp"
#include "trials.hpp"

// By how much a class leads: many words at a time in doubles, the prover's and the checker's, against each word in balls.

namespace attest::soft {

namespace {

using Classes = std::vector<std::size_t>;

/// The same model with some classes, read at each position of the word or once; with accepted ones or none.
network::Transformer with_classes(network::Transformer t, base::Random& random) {
    const std::size_t count = 2 + random.below(4);
    network::Classes classes;
    classes.logits.weight.columns = t.dimension;
    for (std::size_t c = 0; c < count; ++c) {
        classes.names.push_back("class " + std::to_string(c));
        auto& row = classes.logits.weight.rows.emplace_back();
        for (std::uint32_t k = 0; k < t.dimension; ++k)
            row.emplace_back(k, exact::Rational(static_cast<long>(2 * random.below(8)) - 7, 3));
        classes.logits.bias.emplace_back(static_cast<long>(random.below(5)), 7);
    }
    t.readout = {};
    t.readout.classes = std::move(classes);
    if (random.chance(1, 2)) t.readout.reading = network::Readout::Reading::each;
    else if (random.chance(1, 2)) t.readout.classes->accept.assign(count, false), t.readout.classes->accept[0] = true;
    return t;
}

exact::Ball lead(const exact::BallVector& logits, std::size_t of) {
    std::optional<exact::Ball> others;
    for (std::size_t c = 0; c < logits.size(); ++c)
        if (c != of) others = others ? max(*others, logits[c]) : logits[c];
    return logits[of] - *others;
}

struct Compared {
    std::size_t words = 0, enclosed = 0, signs = 0;
};

/// That an interval of doubles holds what a ball of many more bits holds.
void compare(const exact::Ball& ball, double low, double high, Compared& seen) {
    ++seen.words;
    if (!std::isfinite(low) || !std::isfinite(high) || !ball.is_finite()) return;
    ++seen.enclosed;
    CAPTURE(low, high, ball.middle());
    CHECK(exact::Rational(low) <= ball.upper());
    CHECK(ball.lower() <= exact::Rational(high));
    if (ball.upper() - ball.lower() < exact::Rational(high - low) / 1024) {
        CHECK(exact::Rational(low) <= ball.lower());
        CHECK(ball.upper() <= exact::Rational(high));
    }
    if (low > 0 || high < 0) ++seen.signs;
}

void compare(const network::Transformer& t, std::int64_t length, base::Random& random, Compared& ours,
             Compared& theirs) {
    const Evaluator evaluator(t, length, 128);
    WordLogits logits(t, length);
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    const checker::Model model = checker::read_model(
        formats::write_model(t), "model.json", [](const std::string&) { return std::string_view(); }, budget);
    const auto instance = checker::instantiate(model, static_cast<std::size_t>(length), 128, budget);
    checker::WordLogits checked(instance, budget, 1 + random.below(40));
    const std::size_t count = t.readout.classes->names.size();
    language::Word prefix(static_cast<std::size_t>(length - logits.free_symbols()), 0), word;
    do {
        logits.run(prefix);
        word = prefix;
        word.resize(static_cast<std::size_t>(length), 0);
        std::size_t index = 0;
        do {
            CAPTURE(t.alphabet.spell(word));
            const std::vector<exact::BallVector> truth = evaluator.answer(word);
            Classes wanted;
            std::optional<exact::Ball> least;
            for (std::size_t place = 0; place < truth.size(); ++place) {
                wanted.push_back(random.below(count));
                const exact::Ball found = lead(truth[place], wanted.back());
                least = least ? min(*least, found) : found;
                const exact::Interval interval = logits.lead(index, place, wanted.back());
                compare(found, interval.lo, interval.hi, ours);
            }
            const std::vector<std::size_t> letters(word.begin(), word.end());
            for (const auto& found : {checked(letters, wanted), checked.alone(letters, wanted)})
                compare(*least, exact::below(found.value - found.error), exact::above(found.value + found.error),
                        theirs);
            ++index;
            if (!language::next_word(word, t.alphabet)) break;
        } while (std::equal(prefix.begin(), prefix.end(), word.begin()));
    } while (language::next_word(prefix, t.alphabet));
}

}  // namespace

TEST_CASE("leads of classes in doubles, twice, hold what balls hold", "[soft]") {
    const std::uint64_t seed = attest::tests::seed();
    Compared ours, theirs;
    std::size_t each = 0;
    for (std::uint64_t round = 0; round < attest::tests::trials(80); ++round) {
        base::Random random(seed + 7000 + round);
        network::Transformer t = attest::tests::random_soft_model(random);
        if (round % 2 == 1) t = attest::tests::with_version_2(random, std::move(t));
        t = with_classes(std::move(t), random);
        INFO("seed " << seed << ", round " << round << "\n" << formats::write_model(t));
        if (t.kind() != network::AttentionKind::softmax || !supports_logits(t)) continue;
        each += t.readout.reading == network::Readout::Reading::each ? 1 : 0;
        for (const std::int64_t length : {1, 2, 3}) compare(t, length, random, ours, theirs);
    }
    CHECK(each > 5);
    for (const Compared& seen : {ours, theirs}) {
        CAPTURE(seen.words, seen.enclosed, seen.signs);
        CHECK(seen.words > 1000);
        CHECK(seen.enclosed > seen.words / 2);
        CHECK(seen.signs > seen.words / 2);
    }
}

}  // namespace attest::soft
