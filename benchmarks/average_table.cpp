#include <fmt/format.h>

#include <algorithm>

#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "network/words/exact_words.hpp"
#include "tables.hpp"
#include "timing.hpp"

// All words of models of average attention: many at a time in whole numbers, beside word by word in rationals.

namespace attest::benchmarks {

namespace {

using network::Transformer;

constexpr std::size_t dimension = 16;

exact::AffineMap random_map(base::Random& random, std::size_t rows, std::size_t columns, long denominator) {
    exact::AffineMap map{{columns, {}}, {}};
    for (std::size_t r = 0; r < rows; ++r) {
        auto& row = map.weight.rows.emplace_back();
        for (std::uint32_t c = 0; c < columns; ++c) {
            exact::Rational value(static_cast<long>(random.below(2001)) - 1000, denominator);
            value.canonicalize();
            if (value != 0) row.emplace_back(c, value);
        }
        exact::Rational bias(static_cast<long>(random.below(2001)) - 1000, denominator);
        bias.canonicalize();
        map.bias.push_back(bias);
    }
    return map;
}

/// Two layers of two heads and a feed-forward part, all weights multiples of 1/denominator.
Transformer random_encoder(std::uint64_t seed, network::Mask mask, long denominator) {
    base::Random random(seed);
    Transformer t;
    t.name = "random";
    t.dimension = dimension;
    const exact::AffineMap symbols = random_map(random, 2, dimension, denominator);
    for (std::size_t a = 0; a < 2; ++a) t.embedding.push_back(dense_row(symbols.weight, a));
    for (int l = 0; l < 2; ++l) {
        network::Layer& layer = t.layers.emplace_back();
        network::Attention& attention = layer.attention.emplace();
        attention.kind = network::AttentionKind::average;
        attention.mask = mask;
        for (int h = 0; h < 2; ++h)
            attention.heads.push_back({random_map(random, dimension / 2, dimension, denominator),
                                       random_map(random, dimension / 2, dimension, denominator),
                                       random_map(random, dimension / 2, dimension, denominator),
                                       random_map(random, dimension, dimension / 2, denominator), exact::Expression()});
        layer.feedforward.emplace().maps = {random_map(random, dimension, dimension, denominator),
                                            random_map(random, dimension, dimension, denominator)};
    }
    t.readout.weight = dense_row(random_map(random, 1, dimension, denominator).weight, 0);
    return t;
}

/// Words a second of both ways, which must agree on the words that the slow one gets to.
void add_row(Table& table, const Settings& settings, const std::string& name, const Transformer& t,
             std::int64_t length) {
    const std::size_t words = std::size_t{1} << length;
    std::size_t accepted = 0;
    std::optional<network::ExactWords> together;
    const double ours = best_of(1, [&] {
        together = network::ExactWords::make(t, length);
        language::Word word(static_cast<std::size_t>(length), 0);
        accepted = 0;
        do accepted += together->accepts(word) ? 1 : 0;
        while (language::next_word(word, t.alphabet));
    });
    const network::Evaluator evaluator(t, length);
    base::Random random(settings.seed);
    std::vector<std::pair<language::Word, bool>> asked;
    double spent = 0;
    while (spent < settings.limit / 4 && asked.size() < words) {
        spent += best_of(1, [&] {
            for (int k = 0; k < 16; ++k) {
                language::Word word;
                for (std::int64_t i = 0; i < length; ++i)
                    word.push_back(static_cast<language::Symbol>(random.below(2)));
                asked.emplace_back(word, evaluator.evaluate(word).accepts);
            }
        });
    }
    const auto& widths = together->widths();
    const double fast = static_cast<double>(words) / ours;
    const double slow = static_cast<double>(asked.size()) / spent;
    const bool agree = std::all_of(asked.begin(), asked.end(),
                                   [&](const auto& known) { return together->accepts(known.first) == known.second; });
    table.add({text(name), count(static_cast<std::size_t>(length)), seconds(ours), number(fast), number(slow),
               ratio(fast / slow),
               text(widths.wide > 0     ? "GMP"
                    : widths.middle > 0 ? "128 bits"
                                        : "64 bits"),
               text(agree ? fmt::format("{} accepted", accepted) : "DIFFERENT ANSWERS")});
}

}  // namespace

Table average_table(const Settings& settings) {
    Table table("average",
                "all words of average attention: whole numbers, many words at a time, beside rationals word by word",
                {"model", "N", "all words", "words/s", "one by one", "ratio", "numbers", "answers"});
    table.begin();
    for (const std::string name : {"average-majority", "average-parity", "average-dyck-1"})
        for (const std::int64_t length : {12, 16, 18})
            add_row(table, settings, "zoo:" + name, programs::zoo_model(name), length);
    for (const auto& [mask, title] : {std::pair{network::Mask::none, "no mask"}, {network::Mask::causal, "causal"}})
        for (const long denominator : {1L, 1L << 10, 1L << 24})
            add_row(table, settings, fmt::format("d = 16, {}, weights k/{}", title, denominator),
                    random_encoder(settings.seed, mask, denominator), 12);
    return table;
}

}  // namespace attest::benchmarks
