#include "attest/soft/symmetry.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/programs/zoo.hpp"
#include "attest/soft/evaluate.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"

// Classes of positions: what the analysis says, and that exchanging symbols within a class changes nothing.

namespace attest::soft {

namespace {

/// Exchanges two symbols within a class and compares the scores; whether there was a class to do it in.
bool exchange(const network::Transformer& t, std::int64_t length, const Classes& classes, base::Random& random) {
    std::vector<std::size_t> wide;
    for (std::size_t k = 0; k < classes.size(); ++k)
        if (classes[k].size() > 1) wide.push_back(k);
    if (wide.empty()) return false;
    const auto& positions = classes[wide[random.below(wide.size())]];
    language::Word word(static_cast<std::size_t>(length));
    for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
    const Evaluator evaluator(t, length, 128);
    const exact::Ball before = evaluator.score(word);
    const auto a = static_cast<std::size_t>(positions[random.below(positions.size())]),
               b = static_cast<std::size_t>(positions[random.below(positions.size())]);
    std::swap(word[a], word[b]);
    const exact::Ball after = evaluator.score(word);
    CAPTURE(t.name, t.alphabet.spell(word), a, b, before.middle(), after.middle());
    if (before.is_finite() && after.is_finite()) CHECK((before - after).contains_zero());
    return true;
}

}  // namespace

TEST_CASE("classes of the zoo", "[soft]") {
    const auto classes = [](const char* name, std::int64_t length) {
        return find_classes(programs::zoo_model(name), length);
    };
    CHECK(classes("chiang-cholak-parity", 5) == Classes{{0, 1, 2, 3, 4}});
    CHECK(classes("chiang-cholak-first", 5) == Classes{{0}, {1, 2, 3, 4}});
    CHECK(classes("chiang-cholak-first-log", 4) == Classes{{0}, {1, 2, 3}});
    CHECK(classes("uniform-majority", 4) == Classes{{0, 1, 2, 3}});
    CHECK(classes("uniform-parity-2", 5) == Classes{{0, 1, 2, 3}, {4}});
    CHECK(classes("uniform-parity-3", 5) == Classes{{0, 1, 2, 3}, {4}});
    CHECK(classes("uniform-parity-3-causal", 5) == Classes{{0, 1, 2, 3}, {4}});
    CHECK(classes("head-parity-3", 3) == Classes{{0, 1, 2}});
    // Its norms scale all vectors of one position alike, whatever the symbol.
    CHECK(classes("chiang-cholak-parity-norm", 5) == Classes{{0, 1, 2, 3, 4}});
    CHECK(classes("chiang-cholak-parity", 0).empty());
}

TEST_CASE("a norm tells positions apart once symbols are not equally long or not treated alike", "[soft]") {
    const Classes alone{{0}, {1}, {2}};
    const network::Transformer t = programs::zoo_model("chiang-cholak-parity-norm");
    network::Transformer longer = t, gained = t, placed = t, written = t;
    longer.embedding[1][1] = 2;
    CHECK(find_classes(longer, 3) == alone);
    gained.layers[0].attention->norm->gain[1] = 2;
    CHECK(find_classes(gained, 3) == alone);
    placed.position[1] = exact::Expression::parse("i/n", "in", true, "test");
    CHECK(find_classes(placed, 3) == alone);
    written.layers[0].attention->heads[0].output.weight.rows[0].emplace_back(0, exact::Rational(1));
    CHECK(find_classes(written, 3) == alone);
}

TEST_CASE("symbols can be exchanged within a class", "[soft]") {
    const std::uint64_t seed = tests::seed();
    std::size_t exchanged = 0;
    for (std::uint64_t k = 0; k < 600; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 4000 + k);
        const network::Transformer t =
            k % 2 == 0 ? tests::random_framed_model(random) : tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(2 + random.below(5));
        const Classes classes = find_classes(t, length);
        for (int round = 0; round < 3; ++round) exchanged += exchange(t, length, classes, random) ? 1 : 0;
    }
    CHECK(exchanged > 100);
    base::Random random(seed);
    for (const programs::ZooEntry& entry : programs::zoo())
        if (entry.kind == network::AttentionKind::softmax) {
            const network::Transformer t = programs::zoo_model(entry.examples.back());
            const Classes classes = find_classes(t, 6);
            for (int round = 0; round < 5; ++round) exchange(t, 6, classes, random);
        }
}

TEST_CASE("fillings are all words, each once", "[soft]") {
    const Classes classes = {{0, 3}, {1}, {2, 4, 5}};
    for (const std::size_t symbols : {1U, 2U, 3U}) {
        std::size_t fillings = 0;
        mpz_class words = 0, all;
        for_each_filling(classes, symbols, 6, [&](const language::Word& word, const mpz_class& ways) {
            ++fillings;
            words += ways;
            for (const auto& positions : classes)
                for (std::size_t k = 1; k < positions.size(); ++k)
                    CHECK(word[static_cast<std::size_t>(positions[k - 1])] <=
                          word[static_cast<std::size_t>(positions[k])]);
            return true;
        });
        mpz_ui_pow_ui(all.get_mpz_t(), symbols, 6);
        CHECK(words == all);
        CHECK(count_fillings(classes, symbols, 1000) == fillings);
    }
    CHECK(!count_fillings(classes, 3, 10));
}

}  // namespace attest::soft
