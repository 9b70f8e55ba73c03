#include "network/words/exact_words.hpp"

#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "network/words/whole_numbers.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// All words at once against the evaluator that takes one word: the same scores and answers, whatever the width of the numbers.

using namespace attest;
using namespace attest::network;

namespace {

Transformer random_transformer(base::Random& random, AttentionKind kind) {
    attest::tests::RandomModelOptions options;
    options.kind = kind;
    options.symbols = 1 + random.below(3);
    options.layers = random.below(4);
    options.heads = 1 + random.below(3);
    options.dimension = 1 + random.below(4);
    Transformer t = attest::tests::random_model(random, options);
    return random.chance(1, 2) ? attest::tests::with_version_2(random, std::move(t)) : t;
}

/// Numbers of which some, or all, do not fit into 64 or 128 bits.
void enlarge(base::Random& random, Transformer& t) {
    const exact::Rational factor(mpz_class(1) << (20 + random.below(140)), 1 + static_cast<long>(random.below(1000)));
    for (exact::Vector& e : t.embedding)
        for (exact::Rational& x : e)
            if (random.chance(1, 3)) x *= factor, x.canonicalize();
}

ExactWords::Widths compare_all(const Transformer& t, std::int64_t length) {
    const Evaluator evaluator(t, length);
    auto words = ExactWords::make(t, length);
    REQUIRE(words.has_value());
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        const Evaluation one = evaluator.evaluate(word), many = words->evaluate(word);
        REQUIRE(one.accepts == many.accepts);
        REQUIRE(one.score == many.score);
        REQUIRE(words->logits(word) == evaluator.answer(word).logits.front());
    } while (language::next_word(word, t.alphabet));
    return words->widths();
}

void compare_random(AttentionKind kind, int rounds, bool large) {
    base::Random random(attest::tests::seed());
    ExactWords::Widths all;
    for (int round = 0; round < rounds; ++round) {
        Transformer t = random_transformer(random, kind);
        if (large) enlarge(random, t);
        if (!t.readout.decides()) continue;
        INFO("seed " << attest::tests::seed() << ", round " << round << "\n" << formats::write_model(t));
        for (std::int64_t length = 0; length <= (t.alphabet.size() == 2 ? 9 : 5); ++length) {
            if (t.sequence_length(length) == 0) continue;
            const auto widths = compare_all(t, length);
            all.narrow += widths.narrow;
            all.middle += widths.middle;
            all.wide += widths.wide;
        }
    }
    INFO(all.narrow << " " << all.middle << " " << all.wide);
    CHECK(all.narrow > 0);
    if (large) CHECK((all.middle > 0 && all.wide > 0));
}

}  // namespace

TEST_CASE("all words of hard attention", "[words]") { compare_random(AttentionKind::hard, 40, false); }
TEST_CASE("all words of average attention", "[words]") { compare_random(AttentionKind::average, 60, false); }
TEST_CASE("all words of sparsemax", "[words]") { compare_random(AttentionKind::sparsemax, 40, false); }
TEST_CASE("all words, where numbers overflow", "[words]") {
    for (const auto kind : {AttentionKind::hard, AttentionKind::average, AttentionKind::sparsemax})
        compare_random(kind, 25, true);
}

TEST_CASE("words in any order", "[words]") {
    base::Random random(attest::tests::seed());
    INFO("seed " << attest::tests::seed());
    const Transformer t = random_transformer(random, AttentionKind::average);
    const std::int64_t length = 11;
    if (!t.readout.decides() || (t.position_table && t.sequence_length(length) > 12)) return;
    const Evaluator evaluator(t, length);
    auto words = ExactWords::make(t, length);
    REQUIRE(words.has_value());
    for (int trial = 0; trial < 100; ++trial) {
        language::Word word;
        for (std::int64_t i = 0; i < length; ++i)
            word.push_back(static_cast<language::Symbol>(random.below(t.alphabet.size())));
        REQUIRE(evaluator.evaluate(word).score == words->evaluate(word).score);
    }
}

TEST_CASE("whole numbers of 128 bits are those of GMP, or say that they do not fit", "[words]") {
    using namespace network::words;
    base::Random random(attest::tests::seed());
    INFO("seed " << attest::tests::seed());
    const mpz_class most = (mpz_class(1) << 127) - 1;
    const auto number = [&] {
        mpz_class x = 1;
        for (std::uint64_t bits = random.below(128); bits-- > 0;) x = 2 * x + static_cast<long>(random.below(2));
        if (x > most) x = most;
        return random.chance(1, 2) ? x : mpz_class(-x);
    };
    for (int trial = 0; trial < 20'000; ++trial) {
        const mpz_class a = number(), b = number();
        Int128 product = *narrowed<Int128>(a), sum = product;
        CHECK(widened(product) == a);
        const bool wide_product = multiply(product, *narrowed<Int128>(b)), wide_sum = add(sum, *narrowed<Int128>(b));
        REQUIRE(wide_product == (abs(mpz_class(a * b)) > most));
        if (!wide_product) REQUIRE(widened(product) == a * b);
        if (!wide_sum) REQUIRE(widened(sum) == a + b);
        if (abs(mpz_class(a + b)) <= most) REQUIRE(!wide_sum);
    }
    CHECK(!narrowed<Int128>(mpz_class(most + 1)));
    CHECK(!narrowed<std::int64_t>(mpz_class(1) << 63));
}
