#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/soft/evaluate.hpp"
#include "base/random.hpp"
#include "decide/maximum/maximum.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// Cells of words against the words themselves.

using namespace attest;
using namespace attest::tests;

namespace {

exact::AffineMap random_map(base::Random& random, std::size_t rows, std::size_t columns, long scale) {
    exact::AffineMap map;
    map.weight.columns = columns;
    map.weight.rows.resize(rows);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::uint32_t c = 0; c < columns; ++c)
            if (random.chance(2, 3))
                map.weight.rows[r].emplace_back(c,
                                                exact::Rational(static_cast<long>(random.below(9)) * 2 - 7, 8) * scale);
        if (random.chance(1, 2)) map.bias.push_back(exact::Rational(static_cast<long>(random.below(9)) - 4, 8));
    }
    if (map.bias.size() != rows) map.bias.clear();
    return map;
}

/// Finds the maximum more often than not: keys and values know how great a symbol is, with noise.
network::Transformer random_finder(base::Random& random, std::size_t symbols) {
    constexpr std::size_t d = 4;
    network::Transformer t;
    std::vector<std::string> names;
    for (std::size_t a = 0; a < symbols; ++a) names.push_back(std::to_string(a));
    t.name = "random";
    t.alphabet = language::Alphabet(names);
    t.dimension = d;
    for (std::size_t a = 0; a < symbols; ++a) {
        exact::Vector row(d);
        row[0] = 1;
        row[1] = static_cast<long>(a);
        row[3] = exact::Rational(static_cast<long>(random.below(5)) - 2, 8);
        t.embedding.push_back(row);
    }
    t.position.assign(d, exact::Expression());
    t.position[3] = exact::Expression::parse("1/(i+1)", "in", true, "random");
    network::Attention attention;
    attention.kind = network::AttentionKind::softmax;
    network::Head head;
    head.query = random_map(random, 2, d, 1);
    head.key = random_map(random, 2, d, 1);
    head.key->weight.rows[0] = {{1, exact::Rational(static_cast<long>(2 + random.below(8)))}};
    head.query->weight.rows[0] = {{0, 1}};
    head.value = random_map(random, 2, d, 1);
    head.value.weight.rows[0] = {{1, 1}};
    head.output = random_map(random, d, 2, 1);
    head.output.weight.rows[2] = {{0, 1}};
    if (random.chance(1, 2)) head.bias = exact::Expression::parse("j/n", "ijn", true, "random");
    attention.heads.push_back(head);
    t.layers.push_back({attention, std::nullopt, std::nullopt});
    network::Classes classes;
    classes.names = names;
    classes.logits.weight.columns = d;
    for (std::size_t a = 0; a < symbols; ++a) {  // -(x - a)^2 but for x^2, on coordinate 2
        classes.logits.weight.rows.push_back({});
        if (a > 0) classes.logits.weight.rows.back().emplace_back(2, exact::Rational(static_cast<long>(2 * a)));
        classes.logits.bias.push_back(exact::Rational(-static_cast<long>(a * a)));
    }
    t.readout.classes = classes;
    return t;
}

/// Of how many words the greatest logit certainly is that of the greatest symbol.
std::uint64_t right_words(const network::Transformer& t, std::int64_t length) {
    const soft::Evaluator evaluator(t, length, 128);
    std::uint64_t right = 0;
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        const exact::BallVector logits = evaluator.answer(word)[0];
        const std::size_t m = *std::max_element(word.begin(), word.end());
        bool is_right = true;
        for (std::size_t y = 0; y < logits.size(); ++y)
            is_right = is_right && (y == m || (logits[m] - logits[y]).sign() == exact::Sign::positive);
        right += is_right ? 1 : 0;
    } while (language::next_word(word, t.alphabet));
    return right;
}

}  // namespace

TEST_CASE("Cells: what they certify of random models is no more than what all words show", "[maximum]") {
    INFO("seed " << seed());
    base::Random random(seed());
    std::uint64_t certified = 0, right = 0;
    for (std::uint64_t trial = 0; trial < trials(40); ++trial) {
        const std::size_t symbols = 2 + random.below(3);
        const auto length = static_cast<std::int64_t>(1 + random.below(4));
        const network::Transformer t = random_finder(random, symbols);
        REQUIRE_FALSE(maximum::unfit(t));
        const maximum::Cells cells = maximum::count_cells(t, length, 128, {});
        mpz_class words;
        mpz_ui_pow_ui(words.get_mpz_t(), symbols, static_cast<unsigned long>(length));
        INFO("trial " << trial << ": " << symbols << " symbols, length " << length);
        CHECK(cells.words == words);
        const std::uint64_t all = right_words(t, length);
        CHECK(cells.right <= all);
        certified += cells.right.get_ui();
        right += all;
    }
    CHECK(certified > right / 10);
}

TEST_CASE("Cells: the maximum of four numbers below 16, as it was trained", "[maximum]") {
    const auto folder = shared_data("trained");
    if (!folder) return;
    const formats::ModelFile model = maximum::model_of_checkpoint((*folder / "max4-v16.safetensors").string());
    const maximum::Cells cells = maximum::count_cells(model.transformer, 4, 128, {});
    CHECK(cells.cells == 1856);
    CHECK(cells.certified == 1852);
    CHECK(cells.words == 65536);
    CHECK(cells.right == 65302);
}

TEST_CASE("Cells: models that they are not for", "[maximum]") {
    base::Random random(seed());
    network::Transformer t = random_finder(random, 3);
    t.readout.position = 1;
    CHECK(maximum::unfit(t) == "it is not read at the last position");
    t = random_finder(random, 3);
    t.layers.push_back(t.layers[0]);
    CHECK(maximum::unfit(t) == "it is not one layer of attention alone");
}
