// Matrices in doubles, and how far a vector's error grows through them: bounds of ‖W‖, the spectral norm.
//
// Statement. ‖A‖ is at most Frobenius' norm, and at most √(‖A‖₁ ‖A‖∞); and ‖A‖² = ‖A Aᵀ‖. After k squarings M ← M Mᵀ
// the Frobenius norm to the power 2^−k is at least ‖A‖ and at most rows^(2^−k−1) ‖A‖: with five, for 256 rows, 1.09
// ‖A‖.
//
// Why. ‖M‖ <= ‖M‖_F <= √rows ‖M‖, and the root is taken of the factor, too. Each product is rounded; in Frobenius' norm
// by at most 1.01 k u ‖A‖_F² for k columns, which is added before the root. The matrix is scaled by a power of 2 first,
// so that nothing overflows.
//
// Source  power of a Gram matrix as a bound: [delattre2023efficient]; rounding, [higham2002accuracy, section 3.5]

#include "words_map.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "attest/exact/activation.hpp"
#include "attest/exact/interval.hpp"
#include "words_columns.hpp"

namespace attest::soft::words {

namespace {

/// The least of Frobenius' norm and √(‖A‖₁ ‖A‖∞).
double simple_norm(const Dense& a) {
    std::vector<double> columns(a.columns, 0);
    double row = 0, column = 0;
    for (std::size_t r = 0; r < a.rows; ++r) {
        const double* entries = a.entries.data() + r * a.columns;
        double sums[4] = {0, 0, 0, 0};  // as in length()
        std::size_t c = 0;
        for (; c + 4 <= a.columns; c += 4)
            for (std::size_t part = 0; part < 4; ++part) {
                const double size = std::abs(entries[c + part]);
                sums[part] += size;
                columns[c + part] += size;
            }
        for (; c < a.columns; ++c) sums[0] += std::abs(entries[c]), columns[c] += std::abs(entries[c]);
        row = std::max(row, (sums[0] + sums[1]) + (sums[2] + sums[3]));
    }
    for (const double sum : columns) column = std::max(column, sum);
    return std::min(length(a.entries), bounded(std::sqrt(row) * std::sqrt(column)));
}

/// The columns of a matrix times a factor, each as a row, with zeros to a whole block; of the transposed where it has fewer
/// columns than rows.
struct ByColumns {
    ByColumns(const Dense& a, double factor)
        : count(std::max(a.rows, a.columns)),
          size(rounded_up(std::min(a.rows, a.columns), block)),
          entries(count * size, 0) {
        const bool transposed = a.rows > a.columns;
        for (std::size_t r = 0; r < a.rows; ++r)
            for (std::size_t c = 0; c < a.columns; ++c)
                entries[transposed ? r * size + c : c * size + r] = a.at(r, c) * factor;
    }

    std::size_t count, size;
    std::vector<double> entries;  ///< [count × size]
};

/// A Aᵀ, rounded: in Frobenius' norm wrong by at most 1.01 k u ‖A‖², k = columns.
void times_transposed(const double* a, std::size_t count, std::size_t size, std::vector<double>& product) {
    best_kernels().gram(a, count, size, product.data());
    for (std::size_t r = 0; r < size; ++r)
        for (std::size_t s = 0; s < r; ++s) product[s * size + r] = product[r * size + s];
}

/// ‖A‖² = ‖A Aᵀ‖, so many times over, since in the end Frobenius' norm is at most √rows times too large.
template <std::size_t times>
double by_squaring(const ByColumns& a) {
    const std::size_t side = a.size;
    std::vector<double> powers[2] = {std::vector<double>(side * side), std::vector<double>(side * side)};
    double roundings[times];  // of each product
    std::span<const double> last = a.entries;
    std::size_t count = a.count;
    for (std::size_t k = 0; k < times; ++k, count = side) {
        const double size = length(last);
        roundings[k] = 1.01 * static_cast<double>(count) * unit * size * size;
        times_transposed(last.data(), count, side, powers[k % 2]);
        last = powers[k % 2];
    }
    double norm = length(last);
    for (std::size_t k = times; k-- > 0;) norm = bounded(std::sqrt(bounded(norm + roundings[k])));
    return norm;
}

}  // namespace

namespace {

/// A quotient of whole numbers of at most 53 bits, which are doubles; false for others.
struct SmallQuotient {
    double above = 0, below = 1;

    bool take(const exact::Rational& number) {
        const mpz_srcptr numerator = number.get_num_mpz_t(), denominator = number.get_den_mpz_t();
        if (mpz_size(numerator) > 1 || mpz_size(denominator) != 1) return false;
        const std::uint64_t a = mpz_getlimbn(numerator, 0), b = mpz_getlimbn(denominator, 0);
        above = mpz_sgn(numerator) < 0 ? -static_cast<double>(a) : static_cast<double>(a);
        below = static_cast<double>(b);
        return (a | b) >> 53 == 0;
    }
};

/// A number as the sum of a double and of another at most 2^-52 as large; the sum is wrong by at most 2^-100 of it.
struct Twofold {
    double high = 0, low = 0;
};

/// None for other quotients than of whole numbers of at most 53 bits. Their remainder is one, too, so that it is computed
/// without rounding.
std::optional<Twofold> twofold(const exact::Rational& number) {
    SmallQuotient q;
    if (!q.take(number)) return std::nullopt;
    const double high = q.above / q.below;
    return Twofold{high, std::fma(-high, q.below, q.above) / q.below};
}

/// None where the ball is wider, or its number not of moderate size.
std::optional<Twofold> twofold(const exact::Ball& number) {
    if (!number.is_finite()) return std::nullopt;
    Twofold result{number.middle(), 0};
    if (!(std::abs(result.high) < 0x1p200 && std::abs(result.high) > 0x1p-200)) return std::nullopt;
    const exact::Ball rest = number - exact::Ball(exact::Rational(result.high), number.bits());
    result.low = rest.middle();
    const exact::Interval wrong =
        exact::to_interval(abs(rest - exact::Ball(exact::Rational(result.low), number.bits())));
    const bool fits =
        wrong.hi <= 0x1p-101 * std::abs(result.high) && std::abs(result.low) <= 0x1p-52 * std::abs(result.high);
    return fits ? std::optional(result) : std::nullopt;
}

/// The product is rounded once; what is left out and rounded before, of parts that are smaller by 2^-52, adds less than
/// 2^-100 of it.
double product(const Twofold& a, const Twofold& b) {
    return std::fma(a.high, b.high, std::fma(a.high, b.low, a.low * b.high));
}

}  // namespace

double near(const exact::Rational& number) {
    if (SmallQuotient q; q.take(number)) return q.above / q.below;
    const double x = number.get_d();  // rounded towards 0
    return std::abs(x) < greatest ? x : infinite;
}

/// Most sums are of numbers so short that numerator and denominator of the sum are doubles, too.
double near_sum(const exact::Rational& a, const exact::Rational& b) {
    SmallQuotient p, q;
    if (!p.take(a) || !q.take(b)) return near(exact::Rational(a + b));
    const double first = p.above * q.below, second = q.above * p.below, below = p.below * q.below;
    const bool is_exact = std::max({std::abs(first), std::abs(second), below}) < 0x1p52;
    return is_exact ? (first + second) / below : near(exact::Rational(a + b));
}

double near(const exact::Ball& number) {
    if (!number.is_finite()) return infinite;
    const double x = number.middle();
    if (!(std::abs(x) < greatest)) return infinite;
    const exact::Interval wrong = exact::to_interval(abs(number - exact::Ball(exact::Rational(x), number.bits())));
    return wrong.hi <= 0x1.8p-53 * std::abs(x) + 0x1p-101 ? x : infinite;
}

double length(std::span<const double> vector) {
    double sums[4] = {0, 0, 0, 0};  // as additions wait for each other
    std::size_t k = 0;
    for (; k + 4 <= vector.size(); k += 4)
        for (std::size_t part = 0; part < 4; ++part) sums[part] += vector[k + part] * vector[k + part];
    for (; k < vector.size(); ++k) sums[0] += vector[k] * vector[k];
    return bounded(std::sqrt(bounded((sums[0] + sums[1]) + (sums[2] + sums[3]))));
}

namespace {

/// simple: simple_norm()
double spectral_norm_below(double simple, const Dense& matrix) {
    if (std::min(matrix.rows, matrix.columns) > 256 || !(simple < greatest)) return simple;
    const double scale = std::exp2(std::ceil(std::log2(simple)));  // so that no power overflows
    return std::min(simple, bounded(by_squaring<5>(ByColumns(matrix, 1 / scale)) * scale));
}

}  // namespace

double spectral_norm(const Dense& matrix) { return spectral_norm_below(simple_norm(matrix), matrix); }

namespace {

/// What absolute errors of entries add to the norm.
double lost_entries(std::size_t rows, std::size_t columns) {
    return std::sqrt(static_cast<double>(rows * columns)) * 0x1p-100;
}

/// What a bias adds to a bound.
void bound_bias(AffineBound& bound, std::span<const double> bias, std::size_t inputs) {
    const double size = length(bias);
    bound.constant = bounded(rounding_of(inputs) * size + lost_entries(bias.size(), inputs) +
                             0x1p-100 * static_cast<double>(bias.size()));
    bound.bias = bounded(size);
}

}  // namespace

AffineBound bound_of(const Dense& matrix, std::span<const double> bias) {
    AffineBound bound;
    // Of absolute values only roundings are multiples: the norm need not be near.
    const double of_absolute = simple_norm(matrix), lost = lost_entries(matrix.rows, matrix.columns);
    bound.norm = bounded(spectral_norm_below(of_absolute, matrix) + 2 * unit * of_absolute + lost);
    bound.sum = rounding_of(matrix.columns);
    bound.rounding = bounded(bound.sum * of_absolute + lost);
    bound_bias(bound, bias, matrix.columns);
    return bound;
}

Map::Map(const Dense& matrix, std::vector<double> shift) : Map(matrix, shift, bound_of(matrix, shift)) {}

Map::Map(const Dense& matrix, std::vector<double> shift, const AffineBound& known)
    : inputs(matrix.columns),
      outputs(matrix.rows),
      blocks((matrix.rows + block - 1) / block),
      bias(std::move(shift)),
      bound(known) {
    bias.resize(blocks * block, 0);
    weight.assign(blocks * inputs * block, 0);
    for (std::size_t r = 0; r < outputs; ++r)
        for (std::size_t c = 0; c < inputs; ++c) weight[(r / block * inputs + c) * block + r % block] = matrix.at(r, c);
}

void Map::set_bias(std::vector<double> shift) {
    by_position.clear();
    bias = std::move(shift);
    bound_bias(bound, bias, inputs);
    bias.resize(blocks * block, 0);
}

void Map::set_biases(std::vector<std::vector<double>> shifts) {
    std::vector<double> longest(outputs, 0);
    for (const std::vector<double>& shift : shifts)
        if (!(length(shift) <= length(longest))) longest = shift;
    set_bias(std::move(longest));
    by_position = std::move(shifts);
    for (std::vector<double>& shift : by_position) shift.resize(blocks * block, 0);
}

void Map::clear_columns(std::size_t from, std::size_t count) { clear(0, outputs, from, from + count); }

void Map::clear(std::size_t first_row, std::size_t last_row, std::size_t first_column, std::size_t last_column) {
    for (std::size_t r = first_row; r < last_row; ++r)
        for (std::size_t c = first_column; c < last_column; ++c)
            weight[(r / block * inputs + c) * block + r % block] = 0;
}

void put(const exact::AffineMap& map, const exact::Ball* factor, Dense& matrix, std::vector<double>& bias,
         std::size_t row, std::size_t column) {
    const std::optional<Twofold> fine = factor == nullptr ? std::nullopt : twofold(*factor);
    const auto number = [&](const exact::Rational& x) {
        if (factor == nullptr) return near(x);
        const std::optional<Twofold> parts = fine ? twofold(x) : std::nullopt;
        if (!parts) return near(exact::Ball(x, factor->bits()) * *factor);
        const double y = product(*parts, *fine);
        return std::abs(y) < greatest ? y : infinite;
    };
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        for (const auto& [c, value] : map.weight.rows[r]) matrix.at(row + r, column + c) = number(value);
        if (!map.bias.empty()) bias[row + r] = number(map.bias[r]);
    }
}

/// Φ(x) x is gelu(x), which is had in balls; Φ(0) = 1/2.
NormalTable::NormalTable() {
    constexpr long bits = 128;
    const exact::Ball root = sqrt(exact::Ball::pi(bits) * 2);
    for (int k = -576; k <= 576; ++k) {
        const exact::Ball x(exact::Rational(k, 64), bits);
        const exact::Ball gelu = exact::activate({exact::Activation::Kind::gelu, 0}, x);
        values.push_back(k == 0 ? 0.5 : near(gelu / x));
        slopes.push_back(near(exp(-(x * x) / exact::Ball(2)) / root));
    }
}

}  // namespace attest::soft::words
