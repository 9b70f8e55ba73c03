#include "checker/doubles/number.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>

// A parameter of a model is a rational or what is made of rationals by transcendental functions, enclosed in an
// interval. Its double is the interval's lower end rounded down, and no further from it than the interval, its ends
// rounded outwards, is wide. A weight that was a float in the first place is the double itself, without error; a rational is
// mostly the quotient of two doubles, for which no interval is needed.

namespace attest::checker {

Number number_of(const Interval& interval) {
    const auto [low, high] = interval.doubles();
    if (low == high) return {low, 0};
    // The width is computed upwards, and the lower end is no further than it from anything between.
    return {low, upward(high - low)};
}

/// A quotient of two doubles is rounded to the nearest double, by at most a unit of it (2^-53 and above do not underflow);
/// a power of two as denominator leaves it as it is: so does one of more bits, since what comes out is no less than 2^-62.
Number number_of(const KeptRational& number) {
    constexpr std::int64_t beyond = std::int64_t{1} << 53;
    if (number.is_float()) return {number.as_float(), 0};
    if (!number.is_fraction()) return number_of(number.rational());
    const std::int64_t above = number.numerator(), below = number.denominator();
    const bool is_dyadic = (below & (below - 1)) == 0;
    if (std::abs(above) >= beyond || (below >= beyond && !is_dyadic)) return number_of(number.rational());
    const double value = static_cast<double>(above) / static_cast<double>(below);
    return {value, is_dyadic ? 0 : upward(unit * std::abs(value))};
}

namespace {

/// A whole number of at most 53 bits, which is a double.
std::optional<double> short_number(const mpz_class& number) {
    const std::uint64_t size = mpz_getlimbn(number.get_mpz_t(), 0);
    if (mpz_size(number.get_mpz_t()) > 1 || size >> 53 != 0) return std::nullopt;
    return sgn(number) < 0 ? -static_cast<double>(size) : static_cast<double>(size);
}

}  // namespace

/// As above.
Number number_of(const Rational& number) {
    const std::optional<double> above = short_number(number.get_num()), below = short_number(number.get_den());
    if (!above || !below) return number_of(Interval(number, 128));
    const double value = *above / *below;
    const bool is_double = mpz_popcount(number.get_den_mpz_t()) == 1;
    return {value, is_double ? 0 : upward(unit * std::abs(value))};
}

/// |x y − â b̂| <= |â| r_b + r_a |b̂| + r_a r_b for |x − â| <= r_a, |y − b̂| <= r_b; and the product is rounded.
Number product(const Number& a, const Number& b) {
    const double value = a.value * b.value;
    return {value, upward(std::abs(a.value) * b.radius + a.radius * (std::abs(b.value) + b.radius) +
                          2 * unit * std::abs(value))};
}

/// What the sum of two doubles is rounded by is a double, and is found by five more sums [knuth1997art, section 4.2.2]: none
/// where it is a double itself.
Number sum(const Number& a, const Number& b) {
    const double value = a.value + b.value, of_b = value - a.value;
    const double rounded = (a.value - (value - of_b)) + (b.value - of_b);
    const double radius = a.radius + b.radius + std::abs(rounded);
    return {value, radius == 0 ? 0 : upward(radius)};
}

/// In several sums, none of which waits for another.
double size_of(const std::vector<double>& values) {
    constexpr std::size_t many = 8;
    double squares[many] = {}, sum = 0;
    std::size_t k = 0;
    for (; k + many <= values.size(); k += many)
        for (std::size_t part = 0; part < many; ++part) squares[part] += values[k + part] * values[k + part];
    for (; k < values.size(); ++k) sum += values[k] * values[k];
    for (const double part : squares) sum += part;
    return upward(std::sqrt(sum) + lost_squares);
}

Numbers numbers_of(const Intervals& intervals) {
    std::vector<Number> numbers;
    for (const Interval& interval : intervals) numbers.push_back(number_of(interval));
    return numbers_of(numbers);
}

Numbers numbers_of(const std::vector<Number>& numbers) {
    Numbers result;
    std::vector<double> radii;
    for (const Number& number : numbers) {
        result.values.push_back(number.value);
        radii.push_back(number.radius);
    }
    result.bound = bounded(size_of(radii), size_of(result.values));
    return result;
}

}  // namespace attest::checker
