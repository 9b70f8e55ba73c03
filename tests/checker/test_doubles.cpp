#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "checker/doubles/attention_head.hpp"
#include "checker/doubles/curve.hpp"
#include "checker/doubles/exponential.hpp"
#include "checker/doubles/norm.hpp"
#include "checker/doubles/rows.hpp"
#include "checker/doubles/spectral_norm.hpp"
#include "checker/doubles/turn.hpp"
#include "checker/soft/activation.hpp"
#include "seed.hpp"
#include "trials.hpp"

// The arithmetic of doubles with bounds: functions against intervals of 128 bits; and what each kind of part makes of
// bounds, against vectors moved as far as a bound says.

using namespace attest::checker;

namespace {

constexpr mpfr_prec_t bits = 128;

Rational distance(const Rational& a, const Rational& b) { return a > b ? Rational(a - b) : Rational(b - a); }

using Vector64 = std::vector<double>;

/// Random vectors, and one in each column of a tile.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : random_(seed) {}

    double operator()(double most) { return std::uniform_real_distribution<double>(-most, most)(random_); }
    std::size_t below(std::size_t count) { return random_() % count; }
    Vector64 vector(std::size_t size, double most) {
        Vector64 result(size);
        for (double& x : result) x = (*this)(most);
        return result;
    }
    /// As far from x as the number says.
    Vector64 near(Vector64 x, double far) {
        const Vector64 step = vector(x.size(), 1);
        const double length = size_of(step);
        for (std::size_t r = 0; r < x.size(); ++r) x[r] += step[r] / length * far * (1 - 1e-9);
        return x;
    }
    Matrix64 matrix(std::size_t rows, std::size_t columns) {
        Matrix64 result(rows, columns);
        for (double& x : result.values) x = (*this)(1);
        return result;
    }

  private:
    std::mt19937_64 random_;
};

struct alignas(64) Tile {
    explicit Tile(std::size_t row_count) : values((row_count + 4) * tile) {}
    Rows rows() { return {values.data(), tile}; }
    void put(const Vector64& x, std::size_t column) {
        for (std::size_t r = 0; r < x.size(); ++r) rows().row(r)[column] = x[r];
    }
    Vector64 get(std::size_t count, std::size_t column) {
        Vector64 x;
        for (std::size_t r = 0; r < count; ++r) x.push_back(rows().row(r)[column]);
        return x;
    }
    std::vector<double> values;
};

double between(const Vector64& a, const Vector64& b) {
    Vector64 difference;
    for (std::size_t r = 0; r < a.size(); ++r) difference.push_back(a[r] - b[r]);
    return size_of(difference);
}

/// The vectors that a function makes of x and of what is near it are as close as the bound says, and no longer.
template <typename Function>
void require_bound(const Function& function, const Vector64& x, double far, const Bound& bound, Draws& draws,
                   double rounding = 1e-9) {
    const Vector64 y = function(x);
    CHECK(size_of(y) <= bound.size * (1 + 1e-9));
    for (int k = 0; k < 8; ++k) CHECK(between(y, function(draws.near(x, far))) <= bound.error * (1 + rounding));
}

constexpr Curve curves[] = {Curve::relu, Curve::leaky_relu, Curve::gelu,   Curve::gelu_tanh,
                            Curve::silu, Curve::tanh,       Curve::sigmoid};
constexpr ActivationFunction functions[] = {
    ActivationFunction::relu, ActivationFunction::leaky_relu, ActivationFunction::gelu,   ActivationFunction::gelu_tanh,
    ActivationFunction::silu, ActivationFunction::tanh,       ActivationFunction::sigmoid};

}  // namespace

TEST_CASE("the exponential in doubles is as near as it says", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed());
    CHECK([] {
        Lanes x = {};
        exponential(x);
        return x[0];
    }() == 1);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(20'000) / lanes; ++trial) {
        double at[lanes];
        Lanes y = {};
        for (std::size_t k = 0; k < lanes; ++k) y[k] = at[k] = draws(trial % 4 == 0 ? 700 : trial % 4 == 1 ? 1e-3 : 20);
        exponential(y);
        for (std::size_t k = 0; k < lanes; ++k) {
            const Rational found(y[k]);
            const Interval exact = exp(Interval(Rational(at[k]), bits));
            if (distance(found, exact.low()) > exact.low() * Rational(error_of_exponential)) FAIL("e^" << at[k]);
        }
    }
    Lanes far = {-1000, -701, 701, -1e300, 1e300, -700, 700, 0};
    exponential(far);
    CHECK((far[0] == far[5] && far[1] == far[5] && far[3] == far[5] && far[2] == far[6] && far[4] == far[6]));
}

TEST_CASE("functions between maps are in doubles what they are in intervals", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 1);
    const double slope = 0.1;
    const std::uint64_t trials = attest::tests::trials(4'000) / tile;
    for (std::size_t f = 0; f < std::size(curves); ++f)
        for (std::uint64_t trial = 0; trial < trials; ++trial) {
            Tile x(1);
            for (std::size_t k = 0; k < tile; ++k)
                x.values[k] = draws(trial % 3 == 0 ? 9 : trial % 3 == 1 ? 0.1 : 1000);
            const std::vector<double> at = x.values;
            bend(curves[f], slope, 1, x.values.data());
            for (std::size_t k = 0; k < tile; ++k) {
                const Interval exact =
                    activation_of(functions[f], Interval(Rational(at[k]), bits), Interval(Rational(slope), bits));
                const Rational allowed = Rational(0x1p-44) * (abs(Rational(at[k])) + 1);
                if (distance(Rational(x.values[k]), exact.low()) > allowed) FAIL("function " << f << " at " << at[k]);
            }
        }
}

TEST_CASE("functions between maps move no two vectors further apart than their bound", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 2);
    for (std::size_t f = 0; f < std::size(curves); ++f)
        for (int trial = 0; trial < 60; ++trial) {
            const std::size_t rows = 1 + draws.below(3);
            const double far = std::pow(10.0, draws(3) - 3);
            const Vector64 x = draws.vector(rows, trial % 2 == 0 ? 3 : 30);
            const auto function = [&](const Vector64& at) {
                Tile y(rows);
                y.put(at, 0);
                bend(curves[f], 0.1, rows, y.values.data());
                return y.get(rows, 0);
            };
            require_bound(function, x, far, bent(curves[f], 0.1, 0, rows, {far, size_of(x)}), draws);
        }
}

TEST_CASE("rows are rectified, and those in which something is left are found", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 20);
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> kinds = {0.0, -0.0, -1.5, -0x1p-1074, 0x1p-1074, 2.5, none, -infinite, infinite};
    for (int trial = 0; trial < 200; ++trial) {
        const std::size_t rows = 1 + draws.below(20);
        Tile x(rows);
        std::vector<std::uint32_t> expected, found(3, 7);
        for (std::size_t r = 0; r < rows; ++r) {
            const bool is_off = draws.below(2) == 0;  // the first four kinds come to 0
            for (std::size_t k = 0; k < tile; ++k) x.values[r * tile + k] = kinds[draws.below(4)];
            const double left = kinds[4 + draws.below(5)];
            if (!is_off) x.values[r * tile + draws.below(tile)] = left;
            if (!is_off) expected.push_back(static_cast<std::uint32_t>(r));
        }
        const std::vector<double> before = x.values;
        rectify(rows, x.rows(), found);
        REQUIRE(found == expected);
        for (std::size_t k = 0; k < rows * tile; ++k) {
            const bool is_known = before[k] > 0 || std::isfinite(before[k]);
            REQUIRE((is_known ? x.values[k] == std::max(0.0, before[k]) : std::isnan(x.values[k])));
        }
    }
}

TEST_CASE("the spectral norm of a matrix bounds what it stretches, and not by much", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 3);
    for (int trial = 0; trial < 60; ++trial) {
        Matrix64 w = draws.matrix(1 + draws.below(40), 1 + draws.below(40));
        const double scale = std::pow(10.0, draws(6));
        for (double& x : w.values) x *= scale;
        // The direction of greatest stretch, by powers of the Gram matrix.
        Vector64 x = draws.vector(w.columns, 1);
        double stretch = 0;
        for (int step = 0; step < 200; ++step) {
            Vector64 y(w.rows, 0), back(w.columns, 0);
            for (std::size_t r = 0; r < w.rows; ++r)
                for (std::size_t c = 0; c < w.columns; ++c) y[r] += w.at(r, c) * x[c];
            stretch = std::max(stretch, size_of(y) / size_of(x));
            for (std::size_t r = 0; r < w.rows; ++r)
                for (std::size_t c = 0; c < w.columns; ++c) back[c] += w.at(r, c) * y[r];
            const double length = size_of(back);
            for (std::size_t c = 0; c < w.columns; ++c) x[c] = back[c] / length;
        }
        CAPTURE(w.rows, w.columns, stretch);
        CHECK(spectral_norm(w) >= stretch * (1 - 1e-8));
        CHECK(spectral_norm(w) <= 1.2 * stretch);
    }
    CHECK(spectral_norm(Matrix64(3, 0)) < 1e-100);
    CHECK(spectral_norm(Matrix64(3, 2)) < 1e-100);
}

TEST_CASE("a map, and numbers that are no doubles, move vectors no further than their bound", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 4);
    for (int trial = 0; trial < 100; ++trial) {
        const std::size_t rows = 1 + draws.below(9), columns = 1 + draws.below(9);
        const Vector64 x = draws.vector(columns, 3), b = draws.vector(rows, 3);
        const double far = std::pow(10.0, draws(2) - 3), off = trial % 2 == 0 ? 0 : far;
        Matrix64 w = draws.matrix(rows, columns);
        w.radius = off;
        // A matrix whose entries, together, are as far from the other's as its radius says.
        Matrix64 other = w;
        other.values = draws.near(w.values, off);
        const auto apply = [&](const Matrix64& matrix, const Vector64& at) {
            Tile from(columns), to(rows);
            const std::size_t column = draws.below(tile);
            from.put(at, column);
            AffineMap(matrix, b).apply(from.rows(), to.rows());
            return to.get(rows, column);
        };
        const Bound bound = bound_of(w, {0, size_of(b)})({far, size_of(x)});
        const Vector64 y = apply(w, x);
        for (int k = 0; k < 8; ++k) CHECK(between(y, apply(other, draws.near(x, far))) <= bound.error * (1 + 1e-9));
        CHECK(size_of(y) <= bound.size);
        for (std::size_t r = 0; r < rows; ++r) {
            Rational exact(b[r]);
            for (std::size_t c = 0; c < columns; ++c) exact += Rational(w.at(r, c)) * Rational(x[c]);
            CHECK(distance(exact, Rational(y[r])) <= Rational(bound_of(w, {0, size_of(b)})({0, size_of(x)}).error));
        }
    }
    const Number third = number_of(Interval(Rational(1, 3), bits)), half = number_of(Interval(Rational(1, 2), bits));
    CHECK(distance(Rational(third.value), Rational(1, 3)) <= Rational(third.radius));
    CHECK(third.radius < 0x1p-52);
    CHECK((half.value == 0.5 && half.radius == 0));
    CHECK(number_of(Interval::entire(bits)).radius == infinite);
}

TEST_CASE("a double for a rational, or for a product, is as near as its radius says", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 4);
    std::size_t exact = 0;
    for (int trial = 0; trial < 2000; ++trial) {
        const auto whole = [&] {
            mpz_class number = 1 + draws.below(std::size_t{1} << 40);
            number <<= draws.below(trial % 2 == 0 ? 14 : 60);  // 53 bits at most, or more
            return number;
        };
        const auto rational = [&] {
            Rational x(draws.below(3) == 0 ? mpz_class(0) : whole(),
                       draws.below(2) == 0 ? mpz_class(mpz_class(1) << draws.below(60)) : whole());
            x.canonicalize();
            return draws.below(2) == 0 ? Rational(-x) : x;
        };
        const Rational x = rational(), y = rational();
        const Number a = number_of(x), b = number_of(y), both = product(a, b);
        INFO(x << " " << y);
        CHECK(distance(Rational(a.value), x) <= Rational(a.radius));
        CHECK(a.radius <= 0x1.01p-52 * std::abs(a.value));
        exact += a.radius == 0;
        CHECK(distance(Rational(both.value), x * y) <= Rational(both.radius));
        const Number wide = product({a.value, 0.5}, {b.value, 0.25});
        CHECK(distance(Rational(wide.value), (Rational(a.value) - Rational(1, 2)) *
                                                 (Rational(b.value) + Rational(1, 4))) <= Rational(wide.radius));
    }
    CHECK(exact > 200);
}

TEST_CASE("norms move vectors no further than their bound", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 5);
    std::size_t finite = 0;
    for (int trial = 0; trial < 300; ++trial) {
        const std::size_t d = 1 + draws.below(8);
        const bool rms = draws.below(2) == 0;
        const double far = std::pow(10.0, draws(2) - 3), eps = draws.below(3) == 0 ? 0 : std::pow(10.0, draws(3) - 3);
        const Vector64 gain = draws.vector(d, 2), bias = draws.vector(d, 2), x = draws.vector(d, 3);
        const NormOfRows norm(rms, {eps, 0}, {gain, {0, size_of(gain)}}, {bias, {0, size_of(bias)}});
        double least = infinite;
        const auto apply = [&](const Vector64& at) {
            Tile y(d);
            for (std::size_t k = 0; k < tile; ++k) y.put(at, k);
            least = norm.apply(y.rows(), y.rows());
            return y.get(d, 3);
        };
        apply(x);
        const Bound bound = norm.bound({far, size_of(x)}, least);
        if (bound.error == infinite) continue;
        ++finite;
        require_bound(apply, x, far, bound, draws, 1e-6);
    }
    CHECK(finite > 100);
    // Nothing is known where the variance may be 0.
    Tile y(2);
    const NormOfRows norm(false, {0, 0}, {{1, 1}, {0, 2}}, {{0, 0}, {0, 0}});
    CHECK(norm.bound({0x1p-60, 1}, norm.apply(y.rows(), y.rows())).error == infinite);
}

TEST_CASE("a turn moves vectors no further than its bound, and is as near to the true one", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 7);
    for (int trial = 0; trial < 200; ++trial) {
        const std::size_t pairs = 1 + draws.below(4), rows = 2 * pairs + draws.below(3);
        const Vector64 x = draws.vector(rows, 3);
        const double far = std::pow(10.0, draws(2) - 3);
        TurnOfRows turn;
        Intervals exact;
        for (const double entry : x) exact.push_back(Interval(Rational(entry), bits));
        for (std::size_t t = 0; t < pairs; ++t) {
            const Interval angle(Rational(draws(100)), bits), cosine = cos(angle), sine = sin(angle);
            turn.add(t, pairs + t, number_of(cosine), number_of(sine));
            const Interval a = exact[t], b = exact[pairs + t];
            exact[t] = a * cosine - b * sine;
            exact[pairs + t] = a * sine + b * cosine;
        }
        const auto apply = [&](const Vector64& at) {
            Tile y(rows);
            const std::size_t column = draws.below(tile);
            y.put(at, column);
            turn.apply(y.rows());
            return y.get(rows, column);
        };
        require_bound(apply, x, far, turn({far, size_of(x)}), draws);
        const Vector64 y = apply(x);
        Vector64 wrong;
        for (std::size_t r = 0; r < rows; ++r)
            wrong.push_back(number_of(exact[r] - Interval(Rational(y[r]), bits)).value);
        CHECK(size_of(wrong) <= turn({0, size_of(x)}).error);
        CHECK(size_of(wrong) > 0);
    }
    // Angles that no double tells.
    TurnOfRows unknown;
    unknown.add(0, 1, {0, 2}, {0, 2});
    CHECK(unknown({0, 1}).error == infinite);
    TurnOfRows none;
    none.add(0, 1, {0, infinite}, {0, 0});
    CHECK(none({0, 1}).error == infinite);
}

namespace {

/// By the definitions.
Vector64 softmax(Vector64 scores) {
    const double most = *std::max_element(scores.begin(), scores.end());
    double total = 0;
    for (double& score : scores) total += score = std::exp(score - most);
    for (double& score : scores) score /= total;
    return scores;
}

Vector64 sparsemax(const Vector64& scores) {
    Vector64 sorted = scores, weights;
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    double sum = 0, tau = 0;
    for (std::size_t k = 0; k < sorted.size(); ++k) {
        sum += sorted[k];
        if (static_cast<double>(k + 1) * sorted[k] > sum - 1) tau = (sum - 1) / static_cast<double>(k + 1);
    }
    for (const double score : scores) weights.push_back(std::max(0.0, score - tau));
    return weights;
}

}  // namespace

TEST_CASE("attention moves means no further than their bound", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 6);
    const bool is_sparse = GENERATE(false, true);
    CAPTURE(is_sparse);
    for (int trial = 0; trial < 300; ++trial) {
        const std::size_t dk = draws.below(4), dv = 1 + draws.below(4), n = 1 + draws.below(5);
        const double far = std::pow(10.0, draws(2) - 4), most = trial % 3 == 0 ? 30 : 2;
        const Vector64 query = draws.vector(dk, most), biases = draws.vector(n, 1);
        Bound key{far, 0}, value{far, 0};
        std::vector<Vector64> keys, values;
        for (std::size_t j = 0; j < n; ++j) {
            keys.push_back(draws.vector(dk, most));
            values.push_back(draws.vector(dv, 3));
            key.size = std::max(key.size, size_of(keys[j]));
            value.size = std::max(value.size, size_of(values[j]));
        }
        double variance = 0;
        SparseWeights sparse;
        const auto known = [&](double off) { return MeanOf{dk, dv, n, {off, size_of(biases)}, variance}; };
        const auto error_of = [&](double off) {
            return error_of_scores({off, size_of(query)}, {off, key.size}, known(off));
        };
        const auto found = [&](double step) {
            std::vector<Tile> key_tiles(n, Tile(dk)), value_tiles(n, Tile(dv));
            Tile own(dk), weights(n), result(dv);
            Seen seen;
            const Vector64 moved = draws.near(biases, step);
            seen.biases = moved.data();
            for (std::size_t j = 0; j < n; ++j) {
                key_tiles[j].put(dk > 0 ? draws.near(keys[j], step) : keys[j], 5);
                value_tiles[j].put(draws.near(values[j], step), 5);
                seen.keys.emplace_back(key_tiles[j].rows());
                seen.values.emplace_back(value_tiles[j].rows());
            }
            own.put(dk > 0 ? draws.near(query, step) : query, 5);
            if (is_sparse)
                sparse = attend_sparsely(own.rows(), dk, seen, dv, result.rows(), weights.values.data(), error_of(far));
            else variance = attend(own.rows(), dk, seen, dv, result.rows(), weights.values.data());
            return result.get(dv, 5);
        };
        const Vector64 y = found(0);
        const auto bound_of = [&](double off) {
            const Bound of_query{off, size_of(query)}, of_key{off, key.size}, of_value{off, value.size};
            return is_sparse ? bound_of_sparse_mean(of_query, of_key, of_value, known(off), sparse)
                             : bound_of_mean(of_query, of_key, of_value, known(off));
        };
        const Bound bound = bound_of(far);
        CHECK(size_of(y) <= bound.size);
        for (int k = 0; k < 8; ++k) CHECK(between(y, found(far)) <= bound.error);
        // By the definition.
        Vector64 scores, mean(dv, 0);
        for (std::size_t j = 0; j < n; ++j) {
            double score = biases[j];
            for (std::size_t r = 0; r < dk; ++r) score += query[r] * keys[j][r];
            scores.push_back(score);
        }
        const Vector64 weights = is_sparse ? sparsemax(scores) : softmax(scores);
        for (std::size_t j = 0; j < n; ++j)
            for (std::size_t r = 0; r < dv; ++r) mean[r] += weights[j] * values[j][r];
        CHECK(between(mean, y) < 1e-10);
        CHECK(bound_of(0).error < 1e-10);
    }
}

TEST_CASE("sums and products of vectors move no further than their bound", "[checker]") {
    INFO("seed " << attest::tests::seed());
    Draws draws(attest::tests::seed() + 7);
    for (int trial = 0; trial < 200; ++trial) {
        const std::size_t rows = 1 + draws.below(5);
        const double far = std::pow(10.0, draws(2) - 3);
        const Vector64 x = draws.vector(rows, 3), y = draws.vector(rows, 3);
        const Bound bx{far, size_of(x)}, by{far, size_of(y)};
        const auto found = [&](double step, auto&& combine) {
            Tile a(rows), b(rows);
            a.put(draws.near(x, step), 7);
            b.put(draws.near(y, step), 7);
            combine(rows, a.rows(), b.rows());
            return b.get(rows, 7);
        };
        CHECK(between(found(0, add_rows), found(far, add_rows)) <= bound_of_sum(bx, by).error);
        const auto entry = [&](const Vector64& of) {
            Tile tile(rows);
            tile.put(of, 7);
            return greatest_of_entries(rows, tile.rows());
        };
        const Bound product = bound_of_products({bx, entry(x)}, {by, entry(y)});
        CHECK(between(found(0, multiply_rows), found(far, multiply_rows)) <= product.error);
        CHECK(size_of(found(0, multiply_rows)) <= product.size);
        for (const double each : x) CHECK(std::abs(each) <= entry(x));
    }
    Tile a(2);
    CHECK(greatest_of_entries(2, a.rows()) == 0);
    for (const double no_number : {std::nan(""), -std::nan("")}) {
        a.values[3] = no_number;
        CHECK(greatest_of_entries(2, a.rows()) == infinite);
        a.values[3] = -3;
        CHECK(greatest_of_entries(2, a.rows()) == 3);
        a.values[3] = -infinite;
        CHECK(greatest_of_entries(2, a.rows()) == infinite);
    }
    a.values[3] = 0;
    CHECK(greatest_size(2, a.rows()) < 1e-100);
    a.values[3] = std::nan("");
    CHECK(greatest_size(2, a.rows()) == infinite);
    a.values[3] = 0x1p201;
    CHECK(greatest_size(2, a.rows()) == infinite);
    CHECK((upward(std::nan("")) == infinite && upward(infinite) == infinite && upward(0) > 0));
}
