#include <catch2/catch.hpp>
#include <cmath>

#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "soft/rounding.hpp"

// Balls against a forward pass in doubles, and against exact rationals where a network is given by the positive reals that
// its scores are the logarithms of.

namespace attest::soft {

namespace {

using exact::Rational;

language::Word random_word(std::size_t symbols, std::int64_t length, base::Random& random) {
    language::Word word(static_cast<std::size_t>(length));
    for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(symbols));
    return word;
}

void check_close(const network::Transformer& t, const language::Word& word) {
    const auto length = static_cast<std::int64_t>(word.size());
    const exact::Ball ball = Evaluator(t, length, 128).score(word);
    if (!ball.is_finite()) return;
    const double rounded = RoundedNetwork(t, length, Float::binary64).score(word);
    CAPTURE(t.name, t.alphabet.spell(word), ball.middle(), rounded);
    CHECK(std::abs(rounded - ball.middle()) <= 1e-9 * (1 + std::abs(ball.middle())));
}

/// Attention alone, one layer: head h weighs symbol b at word position i with A[h][b] C[h][i], the reader with R[h]; its
/// value there is U[h][b] + V[h][i], at the reader W[h].
struct PositiveReals {
    std::vector<std::vector<Rational>> a, c, u, v;
    std::vector<Rational> r, w;

    Rational score(const language::Word& word) const {
        Rational sum = 0;
        for (std::size_t h = 0; h < a.size(); ++h) {
            Rational numerator = r[h] * w[h], denominator = r[h];
            for (std::size_t i = 0; i < word.size(); ++i) {
                const Rational weight = a[h][word[i]] * c[h][i];
                numerator += weight * (u[h][word[i]] + v[h][i]);
                denominator += weight;
            }
            sum += numerator / denominator;
        }
        return sum;
    }

    /// By position, the reader last.
    std::vector<Rational> weights(std::size_t h, const language::Word& word) const {
        std::vector<Rational> all;
        Rational sum = r[h];
        for (std::size_t i = 0; i < word.size(); ++i) sum += all.emplace_back(a[h][word[i]] * c[h][i]);
        all.push_back(r[h]);
        for (Rational& weight : all) weight /= sum;
        return all;
    }

    /// The same as a model: coordinates [0], [1], [reader], one for V and two for the logarithms of each head, the output.
    network::Transformer transformer() const {
        const std::size_t heads = a.size(), n = c[0].size(), d = 4 + 4 * heads;
        network::Transformer t;
        t.name = "positive reals";
        t.end = "$";
        t.dimension = d;
        t.embedding.assign(2, exact::Vector(d));
        t.embedding[0][0] = t.embedding[1][1] = 1;
        t.end_embedding = exact::Vector(d);
        t.end_embedding[2] = 1;
        t.position.assign(d, exact::Expression());
        network::Attention attention;
        attention.kind = network::AttentionKind::softmax;
        attention.residual = false;
        const auto expression = [](const std::string& text, const char* allowed) {
            return exact::Expression::parse(text, allowed, true, "test");
        };
        for (std::uint32_t h = 0; h < heads; ++h) {
            const std::uint32_t first = 4 + 4 * h;
            std::string values = "0", biases = "0";
            for (std::size_t i = 0; i < n; ++i) {
                values += "+[i=" + std::to_string(i + 1) + "]*(" + v[h][i].get_str() + ")";
                biases += "+[j=" + std::to_string(i + 1) + "]*log(" + c[h][i].get_str() + ")";
            }
            t.position[first] = expression(values, "in");
            t.position[first + 1] = expression("log(" + a[h][0].get_str() + ")", "in");
            t.position[first + 2] = expression("log(" + a[h][1].get_str() + ")", "in");
            t.position[first + 3] = expression("log(" + r[h].get_str() + ")", "in");
            network::Head head;
            head.query = exact::AffineMap{{d, {{{first + 1, 1}}, {{first + 2, 1}}, {{first + 3, 1}}}}, {}};
            head.key = exact::AffineMap{{d, {{{0, 1}}, {{1, 1}}, {{2, 1}}}}, {}};
            head.value = exact::AffineMap{{d, {{{0, u[h][0]}, {1, u[h][1]}, {2, w[h]}, {first, 1}}}}, {}};
            head.output = exact::AffineMap{{1, std::vector<std::vector<exact::Matrix::Entry>>(d)}, {}};
            head.output.weight.rows[3] = {{0, 1}};
            head.bias = expression(biases, "ijn");
            attention.heads.push_back(std::move(head));
        }
        t.layers.push_back({std::move(attention), std::nullopt});
        t.readout.weight = exact::Vector(d);
        t.readout.weight[3] = 1;
        return t;
    }
};

void check_weights(const HeadSeen& seen, const std::vector<Rational>& weights) {
    CHECK((seen.first == 1 && seen.position == static_cast<std::int64_t>(weights.size())));
    REQUIRE(seen.weights.size() == weights.size());
    for (std::size_t k = 0; k < weights.size(); ++k) CHECK(seen.weights[k].contains(weights[k]));
}

}  // namespace

TEST_CASE("balls agree with a forward pass in doubles on the zoo", "[soft]") {
    base::Random random(tests::seed());
    for (const programs::ZooEntry& entry : programs::zoo()) {
        if (entry.kind != network::AttentionKind::softmax) continue;
        for (const std::string& name : entry.examples) {
            const network::Transformer t = programs::zoo_model(name);
            for (const std::int64_t length : {2, 7, 20})
                if (name.rfind("head-parity", 0) != 0 || length < 20) check_close(t, random_word(2, length, random));
        }
    }
}

TEST_CASE("balls agree with a forward pass in doubles on random models", "[soft]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 200; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 500 + k);
        const network::Transformer t = tests::random_soft_model(random);
        const auto length = static_cast<std::int64_t>(random.below(7));
        if (t.sequence_length(length) > 0) check_close(t, random_word(t.alphabet.size(), length, random));
    }
}

TEST_CASE("balls hold the exact score of a network given by positive reals", "[soft]") {
    base::Random random(tests::seed() + 3);
    const auto number = [&](bool positive) {
        Rational x(static_cast<long>(1 + random.below(30)), static_cast<long>(1 + random.below(12)));
        x.canonicalize();
        return positive || random.chance(1, 2) ? x : Rational(-x);
    };
    const auto numbers = [&](std::size_t count, bool positive) {
        std::vector<Rational> all;
        for (std::size_t k = 0; k < count; ++k) all.push_back(number(positive));
        return all;
    };
    for (int round = 0; round < 25; ++round) {
        const std::size_t heads = 1 + random.below(3), n = 1 + random.below(6);
        PositiveReals network;
        for (std::size_t h = 0; h < heads; ++h) {
            network.a.push_back(numbers(2, true));
            network.c.push_back(numbers(n, true));
            network.u.push_back(numbers(2, false));
            network.v.push_back(numbers(n, false));
        }
        network.r = numbers(heads, true);
        network.w = numbers(heads, false);
        for (auto& values : network.v) values.push_back(0);
        const network::Transformer t = network.transformer();
        CHECK(formats::parse_model(formats::write_model(t), "m.json").layers.size() == 1);
        const language::Word word = random_word(2, static_cast<std::int64_t>(n), random);
        std::vector<HeadSeen> seen;
        const exact::Ball score = Evaluator(t, static_cast<std::int64_t>(n), 128).score(word, {.heads = &seen});
        CHECK(score.contains(network.score(word)));
        CHECK(score.upper() - score.lower() < Rational(1, 1L << 60));
        REQUIRE(seen.size() == heads);
        for (const HeadSeen& s : seen) check_weights(s, network.weights(s.head, word));
    }
}

TEST_CASE("one head a bit computes P/D exactly", "[soft]") {
    for (int k = 1; k <= 8; ++k) {
        const network::Transformer t = programs::zoo_model("head-parity-" + std::to_string(k));
        const Evaluator evaluator(t, k, 128);
        for (int ones = 0; ones <= k; ++ones) {
            Rational quotient = k % 2 == 0 ? 1 : -1;
            for (int m = 1; m <= k; ++m) quotient *= Rational(2 * (ones - m) + 1, 2) / (ones + m);
            language::Word word(static_cast<std::size_t>(k), 0);
            std::fill_n(word.begin(), ones, 1);
            CHECK(evaluator.score(word).contains(-quotient));
        }
    }
}

}  // namespace attest::soft
