#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/programs/zoo.hpp"
#include "attest/soft/judge.hpp"
#include "base/random.hpp"
#include "decide/recognise/exchange.hpp"
#include "seed.hpp"
#include "soft/blowup.hpp"

// One word for all with its counts: against all words one by one, and against what permuting symbols does.

namespace attest::decide {

namespace {

const language::Alphabet bits({"0", "1"});

/// Membership compared for all pairs of words that differ by an exchange within a class.
bool is_by_counts_by_definition(const language::Language& language, std::int64_t length, const soft::Classes& classes) {
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        for (const auto& positions : classes)
            for (const std::int64_t a : positions)
                for (const std::int64_t b : positions) {
                    language::Word other = word;
                    std::swap(other[static_cast<std::size_t>(a)], other[static_cast<std::size_t>(b)]);
                    if (language.contains(word) != language.contains(other)) return false;
                }
    } while (language::next_word(word, bits));
    return true;
}

soft::Classes random_classes(std::int64_t length, base::Random& random) {
    soft::Classes classes(1 + random.below(3));
    for (std::int64_t p = 0; p < length; ++p) classes[random.below(classes.size())].push_back(p);
    classes.erase(std::remove_if(classes.begin(), classes.end(), [](const auto& c) { return c.empty(); }),
                  classes.end());
    return classes;
}

Outcome outcome_of(const std::string& model, const std::string& language, std::int64_t length,
                   std::uint64_t most_words) {
    const network::Transformer t = programs::zoo_model(model);
    const language::Language l = language::Language::parse(language, bits);
    ProveOptions options;
    options.most_words = most_words;
    return prove({t, l, {0, 1}, length}, options, {});
}

}  // namespace

TEST_CASE("symbols of a class can be exchanged in a language: automata against the definition", "[query]") {
    base::Random random(tests::seed());
    std::size_t yes = 0;
    for (const char* text : {"parity", "even", "majority", "first", "last", "all-ones", "contains:11", "mod:3,1",
                             "tomita:4", "tomita:5", "regex:.0*1.", "regex:..(0|1)*1"})
        for (int round = 0; round < 40; ++round) {
            const language::Language language = language::Language::parse(text, bits);
            const auto length = static_cast<std::int64_t>(random.below(7));
            const soft::Classes classes = random_classes(length, random);
            const network::Transformer unused;
            CAPTURE(text, length, classes);
            const bool found = is_by_counts({unused, language, {0, 1}, length}, classes);
            CHECK(found == is_by_counts_by_definition(language, length, classes));
            yes += found ? 1 : 0;
        }
    CHECK(yes > 100);
    const language::Language palindrome = language::Language::parse("palindrome", bits);
    const network::Transformer unused;
    CHECK(!is_by_counts({unused, palindrome, {0, 1}, 2}, {{0, 1}}));
}

TEST_CASE("margins by counts are those over all words", "[query]") {
    struct Row {
        const char* model;
        const char* language;
        std::uint64_t kinds;
    };
    constexpr std::int64_t length = 8;
    for (const Row& row : {Row{"chiang-cholak-parity", "parity", 9}, Row{"chiang-cholak-first", "first", 16},
                           Row{"uniform-majority", "majority", 9}, Row{"uniform-parity-3", "even", 16}}) {
        CAPTURE(row.model);
        const Outcome outcome = outcome_of(row.model, row.language, length, 1 << 10);
        REQUIRE(outcome.enclosure() != nullptr);
        CHECK(outcome.evidence() == verdict::Evidence::enclosure);
        CHECK(outcome.statistics.words == row.kinds);
        CHECK(!outcome.enclosure()->classes.empty());
        const network::Transformer t = programs::zoo_model(row.model);
        const language::Language l = language::Language::parse(row.language, bits);
        soft::Judge judge(t, length);
        exact::Rational least = 1000;
        exact::Ball sum;
        language::Word word(length, 0);
        do {
            const soft::Judgement judged = judge.judge(word, {});
            REQUIRE(judged.accepts == l.contains(word));
            least = std::min(least, *judged.accepts ? judged.score.lower() : exact::Rational(-judged.score.upper()));
            sum += soft::cross_entropy(judged.score, *judged.accepts);
        } while (language::next_word(word, bits));
        CHECK(abs(exact::Rational(least - outcome.enclosure()->margin)) < exact::Rational(1, 1L << 60));
        CHECK((sum / exact::Ball(256) - outcome.enclosure()->cross_entropy).contains_zero());
    }
}

TEST_CASE("lengths beyond all words are decided by counts, both ways", "[query]") {
    const Outcome holds = outcome_of("chiang-cholak-parity", "parity", 100, 1 << 10);
    REQUIRE(holds.enclosure() != nullptr);
    CHECK(std::stod(margin_text(*holds.enclosure())) == Approx(1.478476e-4).epsilon(1e-5));
    CHECK(holds.enclosure()->cross_entropy.middle() == Approx(0.999892).margin(6e-7));
    // Not a matter of counts, but no model that counts can be right.
    const Outcome fails = outcome_of("chiang-cholak-parity", "first", 100, 1 << 10);
    REQUIRE(fails.fails());
    CHECK(fails.counterexample()->expected != fails.counterexample()->actual);
    const Outcome open = outcome_of("random-bounded-2-2-8-seed-1", "parity", 100, 1 << 10);
    REQUIRE(open.undecided() != nullptr);
    CHECK(open.undecided()->reason == verdict::Reason::memory);
}

}  // namespace attest::decide
