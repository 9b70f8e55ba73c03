#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "checker/doubles/attention_head.hpp"
#include "checker/soft/symbol_sums.hpp"
#include "seed.hpp"

// Means that are found from sums by symbols, against those that are found word by word, and against the definition.

using namespace attest::checker;

namespace {

std::size_t power(std::size_t base, std::size_t exponent) {
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

/// A head of random numbers: what is seen, and what asks, depends on one of the free symbols, or on none.
class RandomHead {
  public:
    explicit RandomHead(std::uint64_t seed) : random_(seed) {
        symbols = 2 + below(3);
        free = symbols == 2 ? 3 + below(6) : 3 + below(2);
        head.dk = below(5);
        head.dv = 1 + below(5);
        head.query = below(2);
        head.key = below(2);
        head.value = head.key + head.dk;
        head.seen = {{}};
        far = below(4) == 0 ? 12 : 2;
        // Each symbol stands at one position at most; some positions do not depend on a free one.
        for (std::size_t t = 0; t < free + 2; ++t) {
            places.push_back(columns(head.value + head.dv, t));
            if (below(5) > 0) head.seen[0].push_back(t);
        }
        if (head.seen[0].empty()) head.seen[0].push_back(0);
        query = columns(head.query + head.dk, below(free + 2));
        for (std::size_t k = 0; k < head.seen[0].size(); ++k) biases.push_back(number(1));
        head.biases = {{biases, {}}};
        for (const Columns& place : places) seen.push_back(&place);
    }
    RandomHead(const RandomHead&) = delete;
    RandomHead& operator=(const RandomHead&) = delete;

    std::size_t period() const { return power(symbols, free); }

    std::size_t symbols, free;
    double far;
    WordHead head{};
    std::vector<Columns> places;
    std::vector<const Columns*> seen;
    Columns query;
    std::vector<double> biases;

  private:
    std::size_t below(std::size_t count) { return random_() % count; }
    double number(double most) { return std::uniform_real_distribution<double>(-most, most)(random_); }

    /// Of the t-th free symbol; of none from free on.
    Columns columns(std::size_t rows, std::size_t t) {
        const bool depends = t < free;
        Columns result(rows, depends ? power(symbols, t + 1) : 1, depends ? Span{t, t} : Span());
        const std::size_t step = depends ? power(symbols, t) : 1;
        for (std::size_t r = 0; r < rows; ++r) {
            std::vector<double> numbers;
            for (std::size_t b = 0; b < symbols; ++b) numbers.push_back(number(far));
            for (std::size_t c = 0; c < result.period; ++c)
                result.values.data()[r * result.stride + c] = numbers[c / step];
        }
        result.repeat();
        if (!depends || result.period % tile != 0) fill(result);
        return result;
    }
    /// Beyond the period the columns are those from the beginning.
    static void fill(Columns& columns) {
        for (std::size_t r = 0; r < columns.rows; ++r) {
            double* const row = columns.values.data() + r * columns.stride;
            for (std::size_t c = columns.period; c < columns.stride; ++c) row[c] = row[c - columns.period];
        }
    }

    std::mt19937_64 random_;
};

double at(const Columns& columns, std::size_t row, std::size_t column) {
    return columns.values.data() == nullptr ? 0 : columns.at(column).row(row)[0];
}

/// The mean of the values by softmax of the scores.
std::vector<long double> mean_by_definition(const RandomHead& x, std::size_t column) {
    const std::vector<std::size_t>& seen = x.head.seen[0];
    std::vector<long double> scores, mean(x.head.dv, 0);
    long double most = -INFINITY, total = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
        long double score = x.biases[k];
        for (std::size_t r = 0; r < x.head.dk; ++r)
            score += static_cast<long double>(at(x.query, x.head.query + r, column)) *
                     at(x.places[seen[k]], x.head.key + r, column);
        scores.push_back(score);
        most = std::max(most, score);
    }
    for (long double& score : scores) total += score = std::exp(score - most);
    for (std::size_t k = 0; k < seen.size(); ++k)
        for (std::size_t r = 0; r < x.head.dv; ++r)
            mean[r] += scores[k] / total * at(x.places[seen[k]], x.head.value + r, column);
    return mean;
}

/// No shorter than it is, but for rounding.
double norm_of_column(const Columns& columns, std::size_t first, std::size_t rows, std::size_t column) {
    double squares = 0;
    for (std::size_t r = 0; r < rows; ++r) squares += std::pow(at(columns, first + r, column), 2);
    return std::sqrt(squares) * (1 + 1e-15);
}

}  // namespace

TEST_CASE("Means from sums by symbols are those of words one by one", "[checker]") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("seed " << seed);
    std::size_t found = 0, far = 0;
    for (std::uint64_t trial = 0; trial < 400; ++trial) {
        CAPTURE(trial);
        const RandomHead x(seed * 1000 + trial);
        const std::vector<std::size_t>& seen = x.head.seen[0];
        Budget budget(UINT64_MAX, UINT64_MAX);
        SymbolTable table;
        table.read(x.head, x.seen, x.symbols);
        SymbolSums sums;
        if (!sums.find(table, x.head, 0, x.query, x.symbols, x.period(), budget)) {
            far += x.far > 2;
            continue;
        }
        ++found;
        MeanOf of{x.head.dk, x.head.dv, seen.size(), {0, 0}, 0, true};
        for (const double bias : x.biases) of.biases.size += std::abs(bias);
        Bound query, key, value;
        AlignedDoubles room(tile * x.head.dv), weights(tile * seen.size());
        double worst = 0;
        for (std::size_t column = 0; column < x.period(); column += tile) {
            const Rows mean{room.data(), tile};
            const double variance = divide_sums(sums.at(column), x.head.dv, mean);
            of.variance = std::max(of.variance, variance);
            for (std::size_t c = 0; c < tile; ++c) {
                query.size = std::max(query.size, norm_of_column(x.query, x.head.query, x.head.dk, column + c));
                for (const std::size_t j : seen) {
                    key.size = std::max(key.size, norm_of_column(x.places[j], x.head.key, x.head.dk, column + c));
                    value.size = std::max(value.size, norm_of_column(x.places[j], x.head.value, x.head.dv, column + c));
                }
                const std::vector<long double> expected = mean_by_definition(x, column + c);
                long double squares = 0;
                for (std::size_t r = 0; r < x.head.dv; ++r)
                    squares += std::pow(expected[r] - static_cast<long double>(mean.row(r)[c]), 2.0L);
                worst = std::max(worst, static_cast<double>(std::sqrt(squares)));
            }
            // Word by word.
            Seen one_by_one;
            one_by_one.biases = x.biases.data();
            for (const std::size_t j : seen) {
                one_by_one.keys.push_back(x.places[j].at(column).from(x.head.key));
                one_by_one.values.push_back(x.places[j].at(column).from(x.head.value));
            }
            AlignedDoubles other(tile * x.head.dv);
            const Rows others{other.data(), tile};
            const double as_well =
                attend(x.query.at(column).from(x.head.query), x.head.dk, one_by_one, x.head.dv, others, weights.data());
            CHECK(std::abs(as_well - variance) < 1e-10 * (1 + value.size * value.size));
            for (std::size_t r = 0; r < x.head.dv; ++r)
                for (std::size_t c = 0; c < tile; ++c)
                    REQUIRE(std::abs(mean.row(r)[c] - others.row(r)[c]) < 1e-11 * (1 + value.size));
        }
        const Bound bound = bound_of_mean(query, key, value, of);
        CHECK(worst <= bound.error);
        CHECK(bound.error < 1e-10 * (1 + key.size) * (1 + value.size));
    }
    CHECK(found > 100);
    CHECK(far > 0);
}

TEST_CASE("Vectors of several symbols, scores that are too far apart and NaN have no sums by symbols", "[checker]") {
    Budget budget(UINT64_MAX, UINT64_MAX);
    const auto found = [&](double key, Span span) {
        WordHead head{};
        head.dk = head.dv = 1;
        head.value = 1;
        head.seen = {{0, 1, 2, 3}};
        head.biases = {{{0, 0, 0, 0}, {}}};
        std::vector<Columns> places;
        for (std::size_t t = 0; t < 4; ++t) {
            places.emplace_back(2, power(2, t + 1), t == 3 ? span : Span{t, t});
            for (std::size_t c = 0; c < places[t].stride; ++c)
                places[t].values.data()[c] = c / power(2, t) % 2 == 0 ? 0 : key;
        }
        Columns query(1, 1, {});
        for (std::size_t c = 0; c < query.stride; ++c) query.values.data()[c] = 1;
        SymbolTable table;
        table.read(head, {&places[0], &places[1], &places[2], &places[3]}, 2);
        return SymbolSums().find(table, head, 0, query, 2, 16, budget);
    };
    CHECK(found(1, {3, 3}));
    CHECK(found(-64, {3, 3}));
    CHECK_FALSE(found(1, {2, 3}));
    CHECK_FALSE(found(64.5, {3, 3}));
    CHECK_FALSE(found(-64.5, {3, 3}));
    CHECK_FALSE(found(std::nan(""), {3, 3}));
    CHECK_FALSE(found(INFINITY, {3, 3}));
}
