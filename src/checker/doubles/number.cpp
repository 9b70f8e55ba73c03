#include "checker/doubles/number.hpp"

#include <cmath>

// A parameter of a model is a rational or what is made of rationals by transcendental functions, enclosed in an
// interval. Its double is the interval's lower end rounded down, and no further from it than the interval, its ends
// rounded outwards, is wide. A weight that was a float in the first place is the double itself, without error.

namespace attest::checker {

Number number_of(const Interval& interval) {
    const auto [low, high] = interval.doubles();
    if (low == high) return {low, 0};
    // The width is computed upwards, and the lower end is no further than it from anything between.
    return {low, upward(high - low)};
}

double size_of(const std::vector<double>& values) {
    double squares = 0;
    for (const double value : values) squares += value * value;
    return upward(std::sqrt(squares) + lost_squares);
}

Numbers numbers_of(const Intervals& intervals) {
    Numbers result;
    std::vector<double> radii;
    for (const Interval& interval : intervals) {
        const Number number = number_of(interval);
        result.values.push_back(number.value);
        radii.push_back(number.radius);
    }
    result.bound = bounded(size_of(radii), size_of(result.values));
    return result;
}

}  // namespace attest::checker
