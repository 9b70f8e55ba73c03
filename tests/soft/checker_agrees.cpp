#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "attest/soft/judge.hpp"
#include "attest/soft/symmetry.hpp"
#include "checker/soft/counts.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"

// Two evaluators that share no line: balls here, intervals in the checker. Their enclosures must meet.

namespace attest::soft {

namespace {

/// Compares the two on every word of this length, or on some of them; how many had a value.
std::size_t compare(const network::Transformer& t, std::int64_t length, base::Random& random, std::size_t most_words) {
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    const checker::Model model = checker::read_model(
        formats::write_model(t), "model.json", [](const std::string&) { return std::string_view(); }, budget);
    const checker::SoftInstance instance = instantiate(model, static_cast<std::size_t>(length), 160, budget);
    const Evaluator evaluator(t, length, 128);
    std::size_t finite = 0;
    for (std::size_t k = 0; k < most_words; ++k) {
        language::Word word(static_cast<std::size_t>(length));
        for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
        const exact::Ball ball = evaluator.score(word);
        const checker::Interval interval = score(instance, {word.begin(), word.end()}, budget);
        if (!ball.is_finite() || !interval.is_finite()) continue;
        ++finite;
        CAPTURE(t.name, t.alphabet.spell(word), ball.lower_text(30), ball.upper_text(30), interval.low().get_d(),
                interval.high().get_d());
        CHECK(ball.lower() <= interval.high());
        CHECK(interval.low() <= ball.upper());
        CHECK(ball.upper() - ball.lower() < exact::Rational(1, 1L << 40));
        CHECK(interval.high() - interval.low() < exact::Rational(1, 1L << 40));
    }
    return finite;
}

/// Whether the checker finds by itself that only the counts in these classes matter.
bool checker_agrees(const network::Transformer& t, std::int64_t length, const Classes& classes) {
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    const checker::Model model = checker::read_model(
        formats::write_model(t), "model.json", [](const std::string&) { return std::string_view(); }, budget);
    checker::Classes own;
    for (const auto& positions : classes) own.emplace_back(positions.begin(), positions.end());
    try {
        check_model_by_counts(instantiate(model, static_cast<std::size_t>(length), 128, budget), own, budget);
        return true;
    } catch (const checker::Defect& defect) {
        CHECK(defect.place() == "manifest.json: evidence.classes");
        return false;
    }
}

/// All ways to put two classes into one.
std::vector<Classes> coarser(const Classes& classes) {
    std::vector<Classes> all;
    for (std::size_t a = 0; a < classes.size(); ++a)
        for (std::size_t b = a + 1; b < classes.size(); ++b) {
            Classes merged = classes;
            merged[a].insert(merged[a].end(), classes[b].begin(), classes[b].end());
            std::sort(merged[a].begin(), merged[a].end());
            merged.erase(merged.begin() + static_cast<std::ptrdiff_t>(b));
            all.push_back(std::move(merged));
        }
    return all;
}

/// Whether some exchange within a class certainly changes some score.
bool is_wrong(const network::Transformer& t, std::int64_t length, const Classes& classes) {
    const Evaluator evaluator(t, length, 128);
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        const exact::Ball before = evaluator.score(word);
        for (const auto& positions : classes)
            for (std::size_t k = 1; k < positions.size(); ++k) {
                language::Word other = word;
                std::swap(other[static_cast<std::size_t>(positions[k - 1])],
                          other[static_cast<std::size_t>(positions[k])]);
                const exact::Ball after = evaluator.score(other);
                if (before.is_finite() && after.is_finite() && !(before - after).contains_zero()) return true;
            }
    } while (language::next_word(word, t.alphabet));
    return false;
}

}  // namespace

TEST_CASE("the checker finds the same classes of positions, and no wrong ones", "[soft]") {
    for (const programs::ZooEntry& entry : programs::zoo()) {
        if (entry.kind != network::AttentionKind::softmax) continue;
        for (const std::string& name : entry.examples) {
            CAPTURE(name);
            const network::Transformer t = programs::zoo_model(name);
            CHECK(checker_agrees(t, 5, find_classes(t, 5)));
        }
    }
    const std::uint64_t seed = tests::seed();
    std::size_t wide = 0, wrong = 0;
    for (std::uint64_t k = 0; k < 300; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 7000 + k);
        const network::Transformer t =
            k % 2 == 0 ? tests::random_framed_model(random) : tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(2 + random.below(3));
        const Classes classes = find_classes(t, length);
        CHECK(checker_agrees(t, length, classes));
        wide += classes.size() < static_cast<std::size_t>(length) ? 1 : 0;
        for (const Classes& other : coarser(classes))
            if (is_wrong(t, length, other)) {
                ++wrong;
                CHECK(!checker_agrees(t, length, other));
            }
    }
    CHECK(wide > 30);
    CHECK(wrong > 100);
}

TEST_CASE("balls and the checker's intervals meet on the zoo", "[soft]") {
    base::Random random(tests::seed());
    for (const programs::ZooEntry& entry : programs::zoo()) {
        if (entry.kind != network::AttentionKind::softmax) continue;
        for (const std::string& name : entry.examples)
            for (const std::int64_t length : {2, 5, 9}) {
                const network::Transformer t = programs::zoo_model(name);
                CHECK(compare(t, length, random, 6) == 6);
            }
    }
}

TEST_CASE("balls and the checker's intervals meet on random models", "[soft]") {
    const std::uint64_t seed = tests::seed();
    std::size_t finite = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 100 + k);
        const network::Transformer t = tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(random.below(6));
        if (t.sequence_length(length) > 0) finite += compare(t, length, random, 3);
    }
    CHECK(finite > 300);
}

}  // namespace attest::soft
