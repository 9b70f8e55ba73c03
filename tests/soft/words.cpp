#include "attest/soft/words.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/soft/judge.hpp"
#include "network/features.hpp"
#include "random_model.hpp"
#include "random_soft_model.hpp"
#include "random_sparse_model.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"
#include "words_batch.hpp"

// Many words at a time in doubles, against each of them in balls.

namespace attest::soft {

namespace {

std::vector<const words::Kernels*> all_kernels() {
    std::vector<const words::Kernels*> all = {&words::portable_kernels()};
    for (const words::Kernels* kernels : {words::avx2_kernels(), words::avx512_kernels()})
        if (kernels != nullptr) all.push_back(kernels);
    return all;
}

struct Seen {
    std::size_t words = 0, enclosed = 0, signs = 0;
    double widest = 0;  ///< beside the size of the score
};

void compare(const exact::Ball& ball, const exact::Interval& interval, Seen& seen) {
    ++seen.words;
    if (interval == exact::everything) return;
    ++seen.enclosed;
    CHECK(interval.lo <= interval.hi);
    REQUIRE(ball.is_finite());
    const exact::Interval exact = exact::to_interval(ball);
    CHECK(interval.lo <= exact.hi);
    CHECK(exact.lo <= interval.hi);
    // Where the ball is a point beside it, the interval must hold it.
    if (ball.upper() - ball.lower() < exact::Rational(interval.width()) / 1024) {
        CHECK(exact::Rational(interval.lo) <= ball.lower());
        CHECK(ball.upper() <= exact::Rational(interval.hi));
    }
    if (interval.lo > 0 || interval.hi < 0) ++seen.signs;
    seen.widest = std::max(seen.widest, interval.width() / (1e-6 + std::abs(interval.middle())));
}

bool attends_sparsely(const network::Transformer& t) {
    return std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& layer) {
        return layer.attention && !layer.attention->heads.empty() &&
               layer.attention->kind == network::AttentionKind::sparsemax;
    });
}

/// Every other one of version 2.
network::Transformer some_model(base::Random& random, std::uint64_t trial) {
    network::Transformer t = tests::random_soft_model(random);
    return trial % 2 == 1 ? tests::with_version_2(random, std::move(t)) : t;
}

/// All words of this length, in order.
Seen compare(const network::Transformer& t, std::int64_t length) {
    Seen seen;
    const Evaluator evaluator(t, length, 128);
    WordScores scores(t, length);
    CAPTURE(t.name, length, scores.free_symbols());
    language::Word prefix(static_cast<std::size_t>(length - scores.free_symbols()), 0);
    do {
        language::Word word = prefix;
        word.resize(static_cast<std::size_t>(length), 0);
        for (const exact::Interval& interval : scores.scores(prefix)) {
            CAPTURE(t.alphabet.spell(word));
            compare(evaluator.score(word), interval, seen);
            language::next_word(word, t.alphabet);
        }
    } while (language::next_word(prefix, t.alphabet));
    return seen;
}

/// The batch itself with few free symbols, so that much is kept from one to the next, by every kind of kernel.
void compare_batches(const network::Transformer& t, std::int64_t length, std::size_t free, base::Random& random) {
    const words::Network network(t, length, words::Network::Gives::score, words::Network::Heads::folded);
    const Evaluator evaluator(t, length, 128);
    Seen seen;
    for (const words::Kernels* kernels : all_kernels()) {
        words::Batch batch(network, free, *kernels);
        CAPTURE(t.name, kernels->name, length, free);
        for (int trial = 0; trial < 3; ++trial) {
            language::Word word(static_cast<std::size_t>(length));
            for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(network.symbols));
            batch.run({word.begin(), word.end() - static_cast<std::ptrdiff_t>(free)});
            std::size_t column = 0;
            for (std::size_t k = word.size(); k-- > word.size() - free;) column = column * network.symbols + word[k];
            const std::size_t at = column % batch.scores().period;
            const double middle = batch.scores().values[at], error = batch.scores().error[at];
            CAPTURE(t.alphabet.spell(word), middle, error);
            if (!(error < 1e100)) continue;
            compare(evaluator.score(word), {exact::below(middle - error), exact::above(middle + error)}, seen);
        }
    }
}

/// Words that need not begin alike, a tile at a time, each tile after another.
void compare_single_words(const network::Transformer& t, std::int64_t length, base::Random& random) {
    const words::Network network(t, length, words::Network::Gives::score, words::Network::Heads::folded);
    const Evaluator evaluator(t, length, 128);
    Seen seen;
    for (const words::Kernels* kernels : all_kernels()) {
        words::Batch batch = words::Batch::of_single_words(network, *kernels);
        CAPTURE(t.name, kernels->name, length);
        for (int trial = 0; trial < 2; ++trial) {
            std::vector<language::Word> drawn(words::tile, language::Word(static_cast<std::size_t>(length)));
            for (language::Word& word : drawn)
                for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(network.symbols));
            batch.run_each(drawn);
            for (std::size_t k = 0; k < drawn.size(); ++k) {
                const std::size_t at = k % batch.scores().period;
                CAPTURE(t.alphabet.spell(drawn[k]));
                compare(evaluator.score(drawn[k]), words::around(batch.scores().values[at], batch.scores().error[at]),
                        seen);
            }
        }
    }
}

}  // namespace

TEST_CASE("words in doubles: every kind of kernel encloses the exponential") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    for (const words::Kernels* kernels : all_kernels()) {
        CAPTURE(kernels->name);
        for (std::uint64_t trial = 0; trial < tests::trials(500); ++trial) {
            std::array<double, words::tile> x, y;
            for (double& each : x)
                each = -std::ldexp(static_cast<double>(random.below(1 << 20)), static_cast<int>(random.below(30)) - 40);
            x[0] = 0, x[1] = -0.0, x[2] = -700, x[3] = -745.2, x[4] = -1e300;
            kernels->exp(x.data(), y.data());
            for (std::size_t k = 0; k < words::tile; ++k) {
                CAPTURE(x[k], y[k]);
                const exact::Ball truth = exp(exact::Ball(exact::Rational(std::max(x[k], -5000.0)), 128));
                const exact::Ball wrong = abs(exact::Ball(exact::Rational(y[k]), 128) - truth);
                CHECK(wrong.upper() <=
                      truth.lower() / exact::Rational(std::ldexp(1.0, 50)) + exact::Rational(std::ldexp(1.0, -1000)));
            }
            CHECK(y[0] == 1);
        }
    }
}

TEST_CASE("words in doubles: every kind of kernel encloses the functions between maps") {
    using Kind = exact::Activation::Kind;
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    const words::NormalTable table;
    const std::vector<std::pair<words::Curve, exact::Activation>> curves = {
        {words::Curve::gelu, {Kind::gelu, {}}},
        {words::Curve::gelu_tanh, {Kind::gelu_tanh, {}}},
        {words::Curve::silu, {Kind::silu, {}}},
        {words::Curve::tanh, {Kind::tanh, {}}},
        {words::Curve::sigmoid, {Kind::sigmoid, {}}},
        {words::Curve::leaky_relu, {Kind::leaky_relu, exact::Rational(1, 4)}}};
    for (const words::Kernels* kernels : all_kernels())
        for (std::uint64_t trial = 0; trial < tests::trials(300); ++trial) {
            const auto& [curve, activation] = curves[trial % curves.size()];
            std::array<double, words::tile> x, y;
            for (double& each : x)
                each = std::ldexp(static_cast<double>(random.below(1 << 20)) - (1 << 19),
                                  static_cast<int>(random.below(30)) - 35);
            x[0] = 0, x[1] = -0.0, x[2] = 9, x[3] = -9.1, x[4] = 800, x[5] = -800;
            y = x;
            kernels->activate({curve, 0.25, table.values.data(), table.slopes.data(), y.data(), 1});
            for (std::size_t k = 0; k < words::tile; ++k) {
                CAPTURE(kernels->name, to_string(activation.kind), x[k], y[k]);
                const exact::Ball truth = activate(activation, exact::Ball(exact::Rational(x[k]), 128));
                const exact::Ball wrong = abs(exact::Ball(exact::Rational(y[k]), 128) - truth);
                CHECK(wrong.upper() <= exact::Rational(std::ldexp(std::abs(x[k]) + 1, -46)));
            }
        }
}

TEST_CASE("words in doubles: the norm of a matrix is not below what it does to vectors, and not far above") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    for (std::uint64_t trial = 0; trial < tests::trials(200); ++trial) {
        words::Dense matrix(1 + random.below(12), 1 + random.below(12));
        for (double& x : matrix.entries) x = static_cast<double>(random.below(201)) - 100;
        std::vector<double> x(matrix.columns, 1), y(matrix.rows);
        double stretch = 0;
        for (int step = 0; step < 500; ++step) {  // by iterating A' A
            const double size = words::length(x);
            for (double& each : x) each /= size;
            for (std::size_t r = 0; r < matrix.rows; ++r) {
                y[r] = 0;
                for (std::size_t c = 0; c < matrix.columns; ++c) y[r] += matrix.at(r, c) * x[c];
            }
            stretch = words::length(y);
            for (std::size_t c = 0; c < matrix.columns; ++c) {
                x[c] = 0;
                for (std::size_t r = 0; r < matrix.rows; ++r) x[c] += matrix.at(r, c) * y[r];
            }
        }
        CHECK(words::spectral_norm(matrix) >= stretch * (1 - 1e-12));
        CHECK(words::spectral_norm(matrix) <= stretch * 1.1);  // 12^(1/32) at most
    }
}

TEST_CASE("words in doubles: numbers of a map, and of a map times a factor, are as near as is promised") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    const exact::Rational unit = exact::Rational(1) / (mpz_class(1) << 53), least(1, mpz_class(1) << 100);
    const std::vector<exact::Ball> factors = {
        exact::Ball(exact::Rational(1, 3), 128), sqrt(exact::Ball(exact::Rational(1, 7), 128)),
        exact::Ball(exact::Rational(1, 4), 128), exact::Ball(exact::Rational(10), 20) / exact::Ball(3)};
    for (std::uint64_t trial = 0; trial < tests::trials(400); ++trial) {
        const auto whole = [&](unsigned most) {
            mpz_class number = 1 + random.below(1 << 30);
            number <<= random.below(most);
            return mpz_class(number + random.below(1 << 20));
        };
        const unsigned most = random.chance(1, 2) ? 20 : 80;  // 51 bits at most, or more than doubles have
        exact::Rational x(whole(most), random.chance(1, 2) ? mpz_class(mpz_class(1) << random.below(52)) : whole(most));
        x.canonicalize();
        if (random.chance(1, 2)) x = -x;
        CAPTURE(x);
        const exact::AffineMap map{{1, {{{0, x}}}}, {x}};
        words::Dense matrix(1, 1);
        std::vector<double> bias(1);
        words::put(map, nullptr, matrix, bias, 0);
        CHECK(matrix.at(0, 0) == bias[0]);
        CHECK(abs(exact::Rational(bias[0]) - x) <= 2 * unit * abs(x) + least);
        for (const exact::Ball& factor : factors) {
            words::put(map, &factor, matrix, bias, 0);
            CHECK(matrix.at(0, 0) == bias[0]);
            if (bias[0] == words::infinite) continue;
            const exact::Ball wrong = abs(exact::Ball(x, 256) * factor - exact::Ball(exact::Rational(bias[0]), 256));
            CHECK(wrong.lower() <= 2 * unit * abs(exact::Rational(bias[0])) * exact::Rational(1001, 1000) + least);
        }
    }
}

TEST_CASE("words in doubles: a matrix times its transpose is the same by each kind of kernels") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    for (std::uint64_t trial = 0; trial < tests::trials(40); ++trial) {
        const std::size_t size = words::block * (1 + random.below(5)), count = 1 + random.below(20);
        std::vector<double> x(count * size), y(size * size);
        for (double& each : x) each = static_cast<double>(random.below(2001)) - 1000;  // so that sums are exact
        for (const words::Kernels* kernels : all_kernels()) {
            kernels->gram(x.data(), count, size, y.data());
            for (std::size_t r = 0; r < size; ++r)
                for (std::size_t s = 0; s <= r; ++s) {
                    double sum = 0;
                    for (std::size_t c = 0; c < count; ++c) sum += x[c * size + r] * x[c * size + s];
                    CAPTURE(kernels->name, size, count, r, s);
                    CHECK(y[r * size + s] == sum);
                }
        }
    }
}

TEST_CASE("words in doubles: random softmax models agree with balls on every word") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    Seen all;
    for (std::uint64_t trial = 0; trial < tests::trials(60); ++trial) {
        const network::Transformer t = tests::random_soft_model(random);
        try {
            const Seen seen = compare(t, 1 + static_cast<std::int64_t>(random.below(t.alphabet.size() > 2 ? 4 : 6)));
            all.words += seen.words, all.enclosed += seen.enclosed, all.signs += seen.signs;
        } catch (const base::InputError&) {
            continue;  // a division by 0, as for balls
        }
    }
    CHECK(all.words > 500);
    CHECK(all.enclosed * 10 > all.words * 9);
    CHECK(all.signs * 10 > all.words * 8);
}

TEST_CASE("words in doubles: models of version 2 agree with balls on every word") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    Seen all;
    std::map<network::Feature, std::size_t> signs;  // of models with the feature
    std::size_t sparse = 0;                         // the same of sparsemax
    for (std::uint64_t trial = 0; trial < tests::trials(300); ++trial) {
        const network::Transformer t = tests::with_version_2(random, tests::random_soft_model(random));
        REQUIRE(supports_words(t));
        CAPTURE(trial, formats::write_model(t));
        try {
            const Seen seen = compare(t, 1 + static_cast<std::int64_t>(random.below(4)));
            all.words += seen.words, all.enclosed += seen.enclosed, all.signs += seen.signs;
            for (const network::FeatureUse& use : network::features(t)) signs[use.feature] += seen.signs;
            if (attends_sparsely(t)) sparse += seen.signs;
        } catch (const base::InputError&) {
            continue;
        }
    }
    using network::Feature;
    for (const Feature feature : {Feature::head_mask, Feature::rotary, Feature::gate, Feature::pooled_readout})
        CHECK(signs[feature] > 50);
    CHECK(all.words > 1000);
    CHECK(all.enclosed * 10 > all.words * 9);
    CHECK(all.signs * 10 > all.words * 8);
    CHECK(sparse > 50);
}

namespace {

exact::AffineMap dense_random_map(base::Random& random, std::size_t outputs, std::size_t inputs) {
    exact::AffineMap map{{inputs, std::vector<std::vector<exact::Matrix::Entry>>(outputs)}, {}};
    const auto number = [&] { return exact::Rational(1 + 2 * static_cast<long>(random.below(16)) - 16, 16); };
    for (auto& row : map.weight.rows)
        for (std::uint32_t c = 0; c < inputs; ++c) row.emplace_back(c, number());
    if (random.chance(2, 3))
        for (std::size_t r = 0; r < outputs; ++r) map.bias.push_back(number());
    return map;
}

/// Every head sees all, and one position is read, so that the last layer is folded.
network::Transformer unmasked_model(base::Random& random, std::uint64_t trial) {
    network::Transformer t;
    t.name = "unmasked";
    t.dimension = 4 + random.below(8);
    t.end = "$";
    t.embedding.resize(2);
    for (exact::Vector* e : {&t.embedding[0], &t.embedding[1], &t.end_embedding})
        *e = exact::dense_row(dense_random_map(random, 1, t.dimension).weight, 0);
    const auto norm = [&]() -> std::optional<network::Norm> {
        if (trial % 3 == 0) return std::nullopt;
        network::Norm n;
        n.placement = trial % 3 == 1 ? network::Norm::Placement::pre : network::Norm::Placement::post;
        n.eps = exact::Rational(1, 10);
        n.gain.assign(t.dimension, exact::Rational(3, 2));
        n.bias.assign(t.dimension, exact::Rational(-1, 3));
        return n;
    };
    for (int l = 0; l < 2; ++l) {
        network::Attention attention;
        attention.kind = trial % 2 == 0 ? network::AttentionKind::softmax : network::AttentionKind::sparsemax;
        attention.residual = random.chance(2, 3);
        attention.norm = norm();
        for (int h = 0; h < 2; ++h) {
            const std::size_t dk = 1 + random.below(5), dv = 1 + random.below(5);
            network::Head head;
            head.query = dense_random_map(random, dk, t.dimension);
            head.key = dense_random_map(random, dk, t.dimension);
            head.value = dense_random_map(random, dv, t.dimension);
            head.output = dense_random_map(random, t.dimension, dv);
            if (random.chance(1, 2)) head.bias = exact::Expression::parse("-abs(i-j)/2", "ijn", true, "random");
            attention.heads.push_back(std::move(head));
        }
        network::FeedForward part;
        part.maps = {dense_random_map(random, 9, t.dimension), dense_random_map(random, t.dimension, 9)};
        part.norm = norm();
        t.layers.push_back({std::move(attention), std::move(part), {}});
    }
    t.readout.weight = exact::dense_row(dense_random_map(random, 1, t.dimension).weight, 0);
    t.readout.position = -1;
    return t;
}

}  // namespace

TEST_CASE(
    "words in doubles: folded heads agree with balls, and their bounds are not much wider than those of whole ones") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    std::size_t folded = 0, looser = 0, words = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(36); ++trial) {
        const network::Transformer t = unmasked_model(random, trial);
        const std::int64_t length = 3 + static_cast<std::int64_t>(random.below(3));
        CAPTURE(trial, length);
        compare_batches(t, length, 2, random);
        compare_single_words(t, length, random);
        const Seen seen = compare(t, length);
        CHECK(seen.enclosed == seen.words);
        using words::Network;
        const Network own(t, length, Network::Gives::score, Network::Heads::folded), whole(t, length);
        CHECK(whole.layers.back().attention->folds.empty());
        CHECK(own.layers.front().attention->folds.empty());
        if (!own.layers.back().attention->folds.empty()) ++folded;
        words::Batch one(own, 3), other(whole, 3);
        const std::vector<std::uint32_t> prefix(static_cast<std::size_t>(length) - 3, 0);
        one.run(prefix), other.run(prefix);
        for (std::size_t k = 0; k < one.columns(); ++k) {
            const std::size_t at = k % one.scores().period;
            const double error = one.scores().error[at], of_whole = other.scores().error[at];
            CHECK(std::abs(one.scores().values[at] - other.scores().values[at]) <= error + of_whole);
            ++words;
            if (error > 8 * of_whole) ++looser;
        }
    }
    CHECK(folded > 20);
    CHECK(looser * 4 < words);
}

TEST_CASE("words in doubles: a turn by an angle that no double tells is left to balls") {
    base::Random random(1);
    for (const char* base : {"1/10", "1/1000000000000000000000000000000000000000000000000000000000000"}) {
        network::Transformer t = formats::parse_model(
            R"({"format": "attest/model", "version": 2, "alphabet": ["a", "b"], "dimension": 2,
            "embedding": {"a": [1, 2], "b": [2, -1]},
            "layers": [{"attention": {"kind": "softmax", "rotary": {"base": ")" +
                std::string(base) +
                R"(", "dims": 4, "pairing": "half"}, "heads": [{"query": [[1, 0], [0, 1], [1, 1], [2, 1]], "key": [[1, 1], [0, 1], [1, 0], [3, 1]],
            "value": [[1, 1]], "output": [[1], [1]]}]}}], "readout": {"position": "last", "weight": [1, -1], "bias": "1/3"}})",
            "turned.json");
        CAPTURE(base);
        const Seen seen = compare(t, 3);
        CHECK(seen.words == 8);
        CHECK(seen.enclosed == (std::string(base) == "1/10" ? 8 : 0));
    }
}

TEST_CASE("words in doubles: sparse models, with norms that lack eps, agree with balls") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    tests::SparseModels models(random);
    std::size_t compared = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(150); ++trial) {
        const network::Transformer t = models.make();
        try {
            compared += compare(t, 1 + static_cast<std::int64_t>(random.below(5))).enclosed;
        } catch (const base::InputError&) {
            continue;
        }
    }
    CHECK(compared > 500);
}

TEST_CASE("words in doubles: what a batch keeps from the one before is still right, by every kind of kernel") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    for (std::uint64_t trial = 0; trial < tests::trials(100); ++trial) {
        const network::Transformer t = some_model(random, trial);
        const auto length = static_cast<std::int64_t>(2 + random.below(8));
        try {
            compare_batches(t, length, random.below(static_cast<std::uint64_t>(std::min<std::int64_t>(length, 6)) + 1),
                            random);
        } catch (const base::InputError&) {
            continue;
        }
    }
}

TEST_CASE("words in doubles: words that need not begin alike are right, by every kind of kernel") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    for (std::uint64_t trial = 0; trial < tests::trials(40); ++trial) {
        const network::Transformer t = some_model(random, trial);
        try {
            compare_single_words(t, static_cast<std::int64_t>(1 + random.below(6)), random);
        } catch (const base::InputError&) {
            continue;
        }
    }
}

TEST_CASE("words in doubles: a trained encoder is enclosed closely") {
    const auto path = tests::shared_data("torch/parity-relu-2-post.json");
    if (!path) return;
    const network::Transformer t = formats::read_model(path->string()).transformer;
    const Seen seen = compare(t, 6);
    CHECK(seen.signs == 64);
    CHECK(seen.widest < 1e-6);

    // In another order, as many as leave the last tile unfilled.
    WordScores scores(t, 6);
    const Evaluator evaluator(t, 6, 128);
    const std::vector<language::Word> some(21, {0, 1, 1, 0, 1, 0});
    std::vector<language::Word> words = some;
    for (std::size_t k = 0; k < words.size(); ++k) words[k][k % 6] = k % 2;
    const std::vector<exact::Interval> found = scores.scores_of(words);
    REQUIRE(found.size() == words.size());
    Seen single;
    for (std::size_t k = 0; k < words.size(); ++k) compare(evaluator.score(words[k]), found[k], single);
    CHECK(single.signs == words.size());
    CHECK(single.widest < 1e-6);
}

}  // namespace attest::soft
