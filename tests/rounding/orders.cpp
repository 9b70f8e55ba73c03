#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/random.hpp"
#include "decide/task/rounding.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Bounds on every evaluation in binary32 against evaluations in floats whose sums are in random orders.

using namespace attest;
using namespace attest::tests;

namespace {

constexpr std::size_t d = 4, hidden = 6, symbols = 5;

exact::AffineMap random_floats(base::Random& random, std::size_t rows, std::size_t columns) {
    exact::AffineMap map;
    map.weight.columns = columns;
    map.weight.rows.resize(rows);
    const auto number = [&] { return exact::Rational(static_cast<long>(random.below(1 << 20)) - (1 << 19), 1 << 19); };
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::uint32_t c = 0; c < columns; ++c) map.weight.rows[r].emplace_back(c, number());
        map.bias.push_back(number());
    }
    return map;
}

network::Transformer random_classifier(base::Random& random) {
    network::Transformer t;
    std::vector<std::string> names;
    for (std::size_t a = 0; a < symbols; ++a) names.push_back(std::to_string(a));
    t.name = "random";
    t.alphabet = language::Alphabet(names);
    t.dimension = d;
    for (std::size_t a = 0; a < symbols; ++a)
        t.embedding.push_back(exact::dense_row(random_floats(random, 1, d).weight, 0));
    t.position.assign(d, exact::Expression::parse("i/8", "in", true, "random"));
    network::Attention attention;
    attention.kind = network::AttentionKind::softmax;
    for (int h = 0; h < 2; ++h) {
        network::Head head;
        head.query = random_floats(random, 2, d);
        head.key = random_floats(random, 2, d);
        head.value = random_floats(random, 2, d);
        head.output = random_floats(random, d, 2);
        attention.heads.push_back(head);
    }
    network::FeedForward part;
    part.maps = {random_floats(random, hidden, d), random_floats(random, d, hidden)};
    t.layers.push_back({attention, part, std::nullopt});
    network::Classes classes;
    classes.names = names;
    classes.logits = random_floats(random, symbols, d);
    t.readout.classes = classes;
    return t;
}

/// Floats, with sums in random orders and brackets.
class Floats {
  public:
    Floats(const network::Transformer& model, base::Random& random) : model_(model), random_(random) {}

    std::vector<float> logits(const language::Word& word) {
        const network::Layer& layer = model_.layers[0];
        std::vector<std::vector<float>> x;
        for (std::size_t p = 0; p < word.size(); ++p) {
            x.emplace_back();
            for (std::size_t c = 0; c < d; ++c)
                x[p].push_back(number(model_.embedding[word[p]][c]) + static_cast<float>(p + 1) / 8);
        }
        std::vector<std::vector<float>> terms(d);
        for (const network::Head& head : layer.attention->heads) {
            const std::vector<float> mean = look(head, x);
            for (std::size_t r = 0; r < d; ++r) add_terms(head.output, r, mean, terms[r]);
        }
        std::vector<float> y;
        for (std::size_t r = 0; r < d; ++r) {
            terms[r].push_back(x.back()[r]);
            y.push_back(sum(terms[r]));
        }
        std::vector<float> h = apply(layer.feedforward->maps[0], y);
        for (float& value : h) value = std::max(value, 0.0F);
        std::vector<float> z;
        for (std::size_t r = 0; r < d; ++r) {
            std::vector<float> all{y[r]};
            add_terms(layer.feedforward->maps[1], r, h, all);
            z.push_back(sum(all));
        }
        return apply(model_.readout.classes->logits, z);
    }

  private:
    static float number(const exact::Rational& x) { return static_cast<float>(x.get_d()); }

    /// Two of the terms become one, until one is left.
    float sum(std::vector<float> terms) {
        while (terms.size() > 1) {
            std::swap(terms[random_.below(terms.size())], terms.back());
            const float last = terms.back();
            terms.pop_back();
            float& other = terms[random_.below(terms.size())];
            other = other + last;
        }
        return terms[0];
    }

    static void add_terms(const exact::AffineMap& map, std::size_t row, const std::vector<float>& x,
                          std::vector<float>& terms) {
        for (const auto& [column, value] : map.weight.rows[row]) terms.push_back(number(value) * x[column]);
        terms.push_back(number(map.bias[row]));
    }

    std::vector<float> apply(const exact::AffineMap& map, const std::vector<float>& x) {
        std::vector<float> y;
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            std::vector<float> terms;
            add_terms(map, r, x, terms);
            y.push_back(sum(terms));
        }
        return y;
    }

    std::vector<float> look(const network::Head& head, const std::vector<std::vector<float>>& x) {
        const std::vector<float> query = apply(*head.query, x.back());
        std::vector<float> weights;
        std::vector<std::vector<float>> values;
        for (const std::vector<float>& each : x) {
            const std::vector<float> key = apply(*head.key, each);
            std::vector<float> terms;
            for (std::size_t r = 0; r < key.size(); ++r) terms.push_back(query[r] * key[r]);
            weights.push_back(std::exp(sum(terms)));
            values.push_back(apply(head.value, each));
        }
        const float total = sum(weights);
        std::vector<float> mean;
        for (std::size_t r = 0; r < values[0].size(); ++r) {
            std::vector<float> terms;
            for (std::size_t j = 0; j < values.size(); ++j) terms.push_back(weights[j] / total * values[j][r]);
            mean.push_back(sum(terms));
        }
        return mean;
    }

    const network::Transformer& model_;
    base::Random& random_;
};

}  // namespace

TEST_CASE("Binary32: floats in random orders keep the margin that every evaluation has", "[rounding]") {
    INFO("seed " << seed());
    base::Random random(seed());
    std::uint64_t held = 0;
    for (std::uint64_t trial = 0; trial < trials(30); ++trial) {
        const network::Transformer t = random_classifier(random);
        REQUIRE_FALSE(task::not_rounded(t));
        const language::Task task = language::Task::parse("sum-mod:5", t.alphabet);
        const task::Rounded found = task::hold_rounded({t, task, 2}, {}, {});
        CHECK(found.words == 25);
        std::uint64_t right = 0;
        Floats floats(t, random);
        language::Word word(2, 0);
        do {
            const std::size_t wanted = std::stoul(task.expected(word).back());
            const std::vector<float> logits = floats.logits(word);
            float lead = 1e30F;
            for (std::size_t c = 0; c < symbols; ++c)
                if (c != wanted) lead = std::min(lead, logits[wanted] - logits[c]);
            if (lead > 0) ++right;
        } while (language::next_word(word, t.alphabet));
        INFO("trial " << trial);
        CHECK(found.right <= right);
        held += found.right;
        if (!found.word) continue;
        // The least margin is one of that word, less what rounding may take at worst: floats are beyond it, and not far.
        const std::size_t wanted = std::stoul(task.expected(*found.word).back());
        for (int again = 0; again < 8; ++again) {
            const std::vector<float> logits = floats.logits(*found.word);
            double lead = 1e30;
            for (std::size_t c = 0; c < symbols; ++c)
                if (c != wanted) lead = std::min(lead, static_cast<double>(logits[wanted]) - logits[c]);
            CHECK(lead >= found.margin);
            CHECK(lead <= found.margin + 1e-2);
        }
    }
    CHECK(held > 30);
}
