// Networks in doubles against balls, and measures against their definitions with vectors of p² entries.

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/soft/evaluate.hpp"
#include "base/random.hpp"
#include "measure/progress/measures.hpp"
#include "seed.hpp"

using namespace attest;
using progress::Dense;

namespace {

constexpr std::size_t p = 5, d = 3, neurons = 4;

std::string number(base::Random& random) { return std::to_string((static_cast<double>(random.below(33)) - 16) / 8); }

std::string vector(base::Random& random, std::size_t size) {
    std::string text;
    for (std::size_t k = 0; k < size; ++k) text += (k == 0 ? "[" : ", ") + number(random);
    return text + "]";
}

std::string matrix(base::Random& random, std::size_t rows, std::size_t columns) {
    std::string text;
    for (std::size_t r = 0; r < rows; ++r) text += (r == 0 ? "[" : ", ") + vector(random, columns);
    return text + "]";
}

std::string affine(base::Random& random, std::size_t rows, std::size_t columns) {
    return R"({"weight": )" + matrix(random, rows, columns) + R"(, "bias": )" + vector(random, rows) + "}";
}

/// Of the form that is measured, with random numbers.
network::Transformer random_network(base::Random& random) {
    std::string embedding, heads, classes;
    for (std::size_t a = 0; a < p; ++a) embedding += "\"" + std::to_string(a) + "\": " + vector(random, d) + ", ";
    for (int h = 0; h < 2; ++h)
        heads += std::string(h == 0 ? "" : ", ") + R"({"query": )" + matrix(random, 2, d) + R"(, "key": )" +
                 matrix(random, 2, d) + R"(, "value": )" + matrix(random, 2, d) + R"(, "output": )" +
                 matrix(random, d, 2) + "}";
    for (std::size_t c = 0; c < p; ++c) classes += (c == 0 ? "\"" : ", \"") + std::to_string(c) + "\"";
    return formats::parse_model(
        R"({"format": "attest/model", "version": 2, "name": "sum", "alphabet": ["0", "1", "2", "3", "4"], "end": "=",
        "dimension": 3, "embedding": {)" +
            embedding + R"("=": )" + vector(random, d) + R"(}, "position": ["i/4", "1/i", 0],
        "layers": [{"attention": {"kind": "softmax", "scale": )" +
            R"x("1/sqrt(dk)", "heads": [)x" + heads + R"(]}, "feedforward": {"maps": [)" + affine(random, neurons, d) +
            ", " + affine(random, d, neurons) + R"(]}}],
        "readout": {"position": "last", "weight": )" +
            matrix(random, p, d) + R"(, "bias": )" + vector(random, p) + R"(, "classes": [)" + classes + "]}}",
        "sum.json");
}

progress::Split some_pairs() { return progress::Split::parse("0 0\n0 3\n1 2\n4 4\n2 1\n", "pairs", p); }

double cross_entropy(const Dense& logits, std::size_t input) {
    double sum = 0;
    const std::size_t right = (input / p + input % p) % p;
    for (std::size_t c = 0; c < p; ++c) sum += std::exp(logits.at(input, c) - logits.at(input, right));
    return std::log(sum);
}

double mean_loss(const Dense& logits, const progress::Split& split, int which) {
    double sum = 0, count = 0;
    for (std::size_t input = 0; input < p * p; ++input)
        if (which < 0 || split.trains(input) == (which == 1)) sum += cross_entropy(logits, input), ++count;
    return sum / count;
}

/// The part of the logits in the two directions of a frequency, by vectors of p² entries.
Dense part(const Dense& logits, std::size_t key) {
    Dense result(p * p, p);
    for (const bool sine : {false, true}) {
        std::vector<double> direction;
        double squares = 0;
        for (std::size_t input = 0; input < p * p; ++input) {
            const double angle = 2 * std::numbers::pi * static_cast<double>(key * (input / p + input % p)) / p;
            direction.push_back(sine ? std::sin(angle) : std::cos(angle));
            squares += direction.back() * direction.back();
        }
        for (std::size_t c = 0; c < p; ++c) {
            double along = 0;
            for (std::size_t input = 0; input < p * p; ++input)
                along += direction[input] * logits.at(input, c) / squares;
            for (std::size_t input = 0; input < p * p; ++input) result.at(input, c) += along * direction[input];
        }
    }
    return result;
}

}  // namespace

TEST_CASE("Logits in doubles are those of balls") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for (int k = 0; k < 5; ++k) {
        const network::Transformer t = random_network(random);
        const Dense logits = progress::AdditionNetwork(t, p).logits();
        const soft::Evaluator evaluator(t, 2, 128);
        for (language::Symbol a = 0; a < p; ++a)
            for (language::Symbol b = 0; b < p; ++b) {
                const exact::BallVector exact = evaluator.answer({a, b}).front();
                for (std::size_t c = 0; c < p; ++c)
                    CHECK(logits.at(a * p + b, c) == Approx(exact[c].middle()).epsilon(1e-11).margin(1e-11));
            }
    }
}

TEST_CASE("Measures are what their definitions say") {
    base::Random random(tests::seed() + 1);
    const network::Transformer t = random_network(random);
    const progress::AdditionNetwork net(t, p);
    const Dense logits = net.logits();
    const progress::Split split = some_pairs();
    CHECK(split.train_count() == 5);
    const progress::Measures found = measure(net, logits, split, {1, 2});
    CHECK(found.train_loss == Approx(mean_loss(logits, split, 1)));
    CHECK(found.test_loss == Approx(mean_loss(logits, split, 0)));
    const Dense first = part(logits, 1), second = part(logits, 2);
    Dense restricted(p * p, p), excluded = logits, without_first = logits;
    for (std::size_t c = 0; c < p; ++c) {
        double mean = 0;
        for (std::size_t input = 0; input < p * p; ++input)
            mean += (logits.at(input, c) - first.at(input, c) - second.at(input, c)) / (p * p);
        for (std::size_t input = 0; input < p * p; ++input) {
            const double kept = first.at(input, c) + second.at(input, c);
            restricted.at(input, c) = kept + mean;
            excluded.at(input, c) -= kept, without_first.at(input, c) -= first.at(input, c);
        }
    }
    CHECK(found.restricted_loss == Approx(mean_loss(restricted, split, -1)));
    CHECK(found.restricted_test_loss == Approx(mean_loss(restricted, split, 0)));
    CHECK(found.excluded_loss == Approx(mean_loss(excluded, split, 1)));
    REQUIRE(found.excluded_each.size() == 2);
    CHECK(found.excluded_each[0] == Approx(mean_loss(without_first, split, 1)));
    CHECK(progress::gini({1, 1, 1, 1}) == Approx(0).margin(1e-15));
    CHECK(progress::gini({0, 0, 0, 1}) == Approx(0.75));
    double squares = 0, components = 0;
    for (const double x : net.embedding().entries) squares += x * x;
    for (const double norm : progress::component_norms(net.embedding())) components += norm * norm;
    CHECK(components == Approx(squares));  // Parseval
}

TEST_CASE("Key frequencies are those that a clock is made of") {
    Dense logits(p * p, p);
    for (std::size_t input = 0; input < p * p; ++input)
        for (std::size_t c = 0; c < p; ++c)
            logits.at(input, c) = std::cos(2 * std::numbers::pi * 2 * (double(input / p + input % p) - double(c)) / p) +
                                  0.01 * std::cos(double(input * c));
    CHECK(progress::key_frequencies(logits, p) == std::vector<std::size_t>{2});
}

TEST_CASE("Phases begin where their rule says") {
    const auto at = [](double train, double test, std::size_t right) {
        progress::Measures m;
        m.train_loss = train, m.test_loss = test, m.test_right = right;
        return m;
    };
    const auto found =
        progress::phases({at(4, 4, 1), at(2e-6, 9, 3), at(1e-7, 5, 40), at(1e-7, 1, 60), at(1e-7, 1e-4, 100)}, 100);
    REQUIRE(found.size() == 4);
    CHECK(found[0].name == "memorisation");
    CHECK(found[1].first == 2);
    CHECK(found[2].name == "cleanup");
    CHECK(found[2].last == 4);
    CHECK(found[3].name == "after");
}

TEST_CASE("What is no such network, or no split, is refused") {
    base::Random random(tests::seed());
    network::Transformer other = random_network(random);
    other.layers[0].attention->kind = network::AttentionKind::average;
    CHECK_THROWS_WITH(progress::AdditionNetwork(other, p), Catch::Contains("other attention"));
    CHECK_THROWS_AS(progress::AdditionNetwork(random_network(random), 7), base::Unsupported);
    CHECK_THROWS_WITH(progress::Split::parse("0 1\n0 5\n", "pairs", p), Catch::Contains("pairs:2"));
    CHECK_THROWS_WITH(progress::Split::parse("0 1\n0 1\n", "pairs", p), Catch::Contains("each pair once"));
    CHECK_THROWS_AS(progress::Split::parse("", "pairs", p), base::InputError);
}
