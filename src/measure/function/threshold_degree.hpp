#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/measure/function/truth_table.hpp"

namespace attest::measure {

/// A sum of characters χ_S(x) = (−1)^{|S ∧ x|}.
struct SignPolynomial {
    std::vector<std::pair<Input, mpz_class>> terms;  ///< set and coefficient
};
/// What stands against sign polynomials.
struct Weights {
    std::vector<std::pair<Input, mpz_class>> entries;  ///< input and weight
};

/// The least degree of a polynomial that is negative where f is true and positive where it is false.
struct ThresholdDegree {
    unsigned lower = 0;
    unsigned upper = 0;                        ///< equal to lower unless unfinished
    std::optional<SignPolynomial> polynomial;  ///< of degree `upper`; none if that is only what was known before
    std::optional<Weights> obstacle;           ///< to degree lower − 1; none if lower is 0
    std::optional<verdict::Undecided> unfinished;
};

struct ThresholdDegreeOptions {
    std::uint64_t most_steps = 400'000'000;  ///< machine words of the simplex matrix that are rewritten
};

/// Degree by degree, a quick search for a polynomial, then one linear program in exact arithmetic: either there is such a polynomial, or there are weights on
/// inputs, none negative and not all 0, under which f as a sign is orthogonal to every character of that degree
/// (Gordan's theorem). Both are checked before they are returned.
///
/// degree  known to be no less than the threshold degree, such as that of f as a real polynomial
/// Exact   lower and upper always
/// Cost    pivots on a matrix of as many rows as there are characters
ThresholdDegree threshold_degree(const TruthTable& f, unsigned degree, const ThresholdDegreeOptions& options,
                                 const base::Limits& limits);

/// On every input the sign is right.
bool represents(const SignPolynomial& polynomial, const TruthTable& f);
/// Weights are not negative, not all 0, and orthogonal to every character of up to this degree.
bool obstructs(const Weights& weights, unsigned degree, const TruthTable& f);

}  // namespace attest::measure
