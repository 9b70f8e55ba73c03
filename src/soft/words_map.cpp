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

#include "attest/exact/activation.hpp"
#include "attest/exact/interval.hpp"

namespace attest::soft::words {

namespace {

double frobenius(const Dense& a) { return length(a.entries); }

/// √(‖A‖₁ ‖A‖∞)
double by_sums(const Dense& a) {
    std::vector<double> columns(a.columns, 0);
    double row = 0, column = 0;
    for (std::size_t r = 0; r < a.rows; ++r) {
        double sum = 0;
        for (std::size_t c = 0; c < a.columns; ++c) sum += std::abs(a.at(r, c)), columns[c] += std::abs(a.at(r, c));
        row = std::max(row, sum);
    }
    for (const double sum : columns) column = std::max(column, sum);
    return bounded(std::sqrt(row) * std::sqrt(column));
}

Dense transposed(const Dense& a) {
    Dense result(a.columns, a.rows);
    for (std::size_t r = 0; r < a.rows; ++r)
        for (std::size_t c = 0; c < a.columns; ++c) result.at(c, r) = a.at(r, c);
    return result;
}

/// A Aᵀ, rounded: in Frobenius' norm wrong by at most 1.01 k u ‖A‖², k = columns.
Dense times_transposed(const Dense& a) {
    const Dense columns = transposed(a);
    Dense product(a.rows, a.rows);
    for (std::size_t r = 0; r < a.rows; ++r) {
        double* row = &product.at(r, 0);
        for (std::size_t c = 0; c < a.columns; ++c) {
            const double factor = a.at(r, c), *column = &columns.entries[c * a.rows];
            for (std::size_t s = 0; s <= r; ++s) row[s] += factor * column[s];
        }
    }
    for (std::size_t r = 0; r < a.rows; ++r)
        for (std::size_t s = 0; s < r; ++s) product.at(s, r) = product.at(r, s);
    return product;
}

/// ‖A‖² = ‖A Aᵀ‖, so many times over, since in the end Frobenius' norm is at most √rows times too large.
double by_squaring(const Dense& a, int times) {
    if (times == 0) return frobenius(a);
    const double size = frobenius(a);
    const double rounding = 1.01 * static_cast<double>(a.columns) * unit * size * size;
    return bounded(std::sqrt(bounded(by_squaring(times_transposed(a), times - 1) + rounding)));
}

/// The matrix of absolute values.
Dense absolute(Dense a) {
    for (double& x : a.entries) x = std::abs(x);
    return a;
}

}  // namespace

double near(const exact::Rational& number) {
    const double x = number.get_d();  // rounded towards 0
    return std::abs(x) < greatest ? x : infinite;
}

double near(const exact::Ball& number) {
    if (!number.is_finite()) return infinite;
    const double x = number.middle();
    if (!(std::abs(x) < greatest)) return infinite;
    const exact::Interval wrong = exact::to_interval(abs(number - exact::Ball(exact::Rational(x), number.bits())));
    return wrong.hi <= 0x1.8p-53 * std::abs(x) + 0x1p-101 ? x : infinite;
}

double length(std::span<const double> vector) {
    double sum = 0;
    for (const double x : vector) sum += x * x;
    return bounded(std::sqrt(bounded(sum)));
}

double spectral_norm(const Dense& matrix) {
    double least = std::min(frobenius(matrix), by_sums(matrix));
    if (std::min(matrix.rows, matrix.columns) > 256 || !(least < greatest)) return least;
    Dense scaled = matrix.rows <= matrix.columns ? matrix : transposed(matrix);
    const double scale = std::exp2(std::ceil(std::log2(least)));  // so that no power overflows
    for (double& x : scaled.entries) x /= scale;
    return std::min(least, bounded(by_squaring(scaled, 5) * scale));
}

Map::Map(const Dense& matrix, std::vector<double> shift)
    : inputs(matrix.columns), outputs(matrix.rows), blocks((matrix.rows + block - 1) / block) {
    const double of_absolute = spectral_norm(absolute(matrix)), terms = rounding_of(inputs), lost = lost_entries();
    bound.norm = bounded(spectral_norm(matrix) + 2 * unit * of_absolute + lost);
    bound.rounding = bounded(terms * of_absolute + lost);
    bound.sum = terms;
    set_bias(std::move(shift));
    weight.assign(blocks * inputs * block, 0);
    for (std::size_t r = 0; r < outputs; ++r)
        for (std::size_t c = 0; c < inputs; ++c) weight[(r / block * inputs + c) * block + r % block] = matrix.at(r, c);
}

double Map::lost_entries() const { return std::sqrt(static_cast<double>(inputs * outputs)) * 0x1p-100; }

void Map::set_bias(std::vector<double> shift) {
    by_position.clear();
    bias = std::move(shift);
    const double shift_length = length(bias);
    bound.constant =
        bounded(rounding_of(inputs) * shift_length + lost_entries() + 0x1p-100 * static_cast<double>(outputs));
    bound.bias = bounded(shift_length);
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
    const auto number = [&](const exact::Rational& x) {
        return factor == nullptr ? near(x) : near(exact::Ball(x, factor->bits()) * *factor);
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
