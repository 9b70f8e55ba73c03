#include "attest/certify/equality.hpp"
#include "attest/certify/invariance.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/programs/zoo.hpp"
#include "by_definition.hpp"
#include "decide/ablate/robust.hpp"

using namespace ablated;

namespace {

/// The least distance of a score from 0, squared, by its place over that of the weight; nothing if some word is wrong, or
/// has the score 0.
std::optional<Rational> least_square(const network::Transformer& t, const language::Language& language,
                                     std::int64_t length) {
    std::optional<Rational> least;
    bool right = true;
    Rational weight;
    for (const Rational& w : t.readout.weight) weight += w * w;
    for_all_words(t, length, [&](const Word& word) {
        const Rational score = network::evaluate(t, word).score;
        right = right && (language.contains(word) ? score > 0 : score < 0);
        const Rational square = score * score / weight;
        if (!least || square < *least) least = square;
    });
    return right ? least : std::nullopt;
}

}  // namespace

TEST_CASE("how far the vector that is read may move, against all words", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t held = 0, failed = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 66000 + k);
        const network::Transformer t = exact_model(random, k);
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(3));
        bool zero = true;
        for (const Rational& w : t.readout.weight) zero = zero && w == 0;
        if (zero) continue;
        // The language that the model has at this length.
        std::string bits;
        for_all_words(t, length, [&](const Word& word) { bits += network::evaluate(t, word).accepts ? '1' : '0'; });
        while (bits.size() % 4 != 0) bits += '0';
        std::string hex;
        for (std::size_t b = 0; b < bits.size(); b += 4)
            hex += "0123456789ABCDEF"[std::stoi(bits.substr(b, 4), nullptr, 2)];
        if (length == 1) continue;
        const language::Language language = language::Language::parse("table:" + hex, t.alphabet);
        const formats::ModelFile file = file_of(t);
        const Rational radius(static_cast<long>(random.below(20)), 8);
        certify::Archive archive;
        const certify::Recognition found =
            certify::recognise_robustly({file, language, {}, {}, radius}, length, {}, {}, archive);
        const auto least = least_square(t, language, length);
        const bool expected = least && *least > radius * radius;
        CHECK(found.verdict.holds() == expected);
        CHECK(found.verdict.fails() == !expected);
        // Beside itself it is asked for the same.
        const certify::NetworkFile one = file, two = file;
        const certify::Equality same = certify::compare({one, two, {}, {}, radius}, length, {}, {}, archive);
        CHECK(same.verdict.holds() == expected);
        CHECK(same.verdict.fails() == !expected);
        ++(expected ? held : failed);
    }
    CHECK(held > 3);
    CHECK(failed > 3);
}

TEST_CASE("a softmax model with a vector that moves", "[ablate]") {
    const network::Transformer t = programs::zoo_model("chiang-cholak-first");
    const language::Language first = language::Language::parse("first", t.alphabet);
    const formats::ModelFile file = file_of(t);
    certify::Archive archive;
    const certify::Recognition plain = certify::recognise({file, first, {}}, 4, {}, {}, archive);
    const Rational margin = plain.outcome.enclosure()->margin;
    const Rational square = *ablate::square_of_weight(t);
    // A radius a little below and a little above margin / |w|, found by squares.
    Rational below = 0, above = 1000;
    for (int step = 0; step < 40; ++step) {
        const Rational middle = (below + above) / 2;
        (middle * middle * square < margin * margin ? below : above) = middle;
    }
    const auto ask = [&](const Rational& radius) {
        certify::Archive other;
        return certify::recognise_robustly({file, first, {}, {}, radius}, 4, {}, {}, other);
    };
    CHECK(ask(below * Rational(999, 1000)).verdict.holds());
    CHECK(ask(above * Rational(1001, 1000)).verdict.fails());
}

TEST_CASE("whether an answer depends on positions, against all pairs of words", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t held = 0, failed = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 67000 + k);
        const network::Transformer t = exact_model(random, k);
        const std::int64_t length = 2 + static_cast<std::int64_t>(random.below(3));
        std::vector<std::int64_t> positions;
        for (std::int64_t p = 1; p <= length; ++p)
            if (random.below(3) == 0) positions.push_back(p);
        if (positions.empty()) positions.push_back(1);
        std::map<Word, bool> answers;
        bool same = true;
        for_all_words(t, length, [&](Word word) {
            const bool answer = network::evaluate(t, word).accepts;
            for (const std::int64_t p : positions) word[static_cast<std::size_t>(p - 1)] = 0;
            same = same && answers.emplace(word, answer).first->second == answer;
        });
        certify::Archive archive;
        const certify::Invariance found = certify::find_invariance(file_of(t), {}, positions, length, {}, {}, archive);
        CHECK(found.verdict.holds() == same);
        CHECK(found.verdict.fails() == !same);
        CHECK(found.change.has_value() == !same);
        ++(same ? held : failed);
    }
    CHECK(held > 3);
    CHECK(failed > 3);
}
