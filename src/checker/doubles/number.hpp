#pragma once

#include <vector>

#include "checker/core/interval.hpp"
#include "checker/core/kept_rational.hpp"
#include "checker/doubles/bound.hpp"

namespace attest::checker {

/// A double and how far the number that it stands for may be from it.
struct Number {
    double value = 0;
    double radius = 0;
};

/// A double for the number that an interval encloses; of radius 0 where the interval is a double.
Number number_of(const Interval& interval);

/// A double for a rational; of radius 0 where the rational is a double whose numerator and denominator are short.
Number number_of(const Rational& number);
Number number_of(const KeptRational& number);
/// A double for the product of two numbers, and for their sum.
Number product(const Number& a, const Number& b);
Number sum(const Number& a, const Number& b);

/// Doubles for the numbers of a vector, and their bound.
struct Numbers {
    std::vector<double> values;
    Bound bound;
};
Numbers numbers_of(const Intervals& intervals);
Numbers numbers_of(const std::vector<Number>& numbers);

/// At least the Euclidean norm, infinite where an entry is too great or no number.
double size_of(const std::vector<double>& values);

}  // namespace attest::checker
