#pragma once

#include <cstddef>
#include <limits>

// How far vectors of doubles are from the true ones.
//
// Beside a vector x̂ of doubles, computed by any order of operations, stands its bound: ‖x − x̂‖ <= error, ‖x̂‖ <=
// size, x the true vector, ‖·‖ the Euclidean norm. One bound serves all words of a batch: it holds for the worst of
// them. Each file of this room computes one kind of part in doubles and says, with proof, what it makes of bounds.
// Nothing there depends on the order in which sums are added up, on whether a product is rounded before it is added, or
// on the width of the processor's lanes: so a compiler may choose them. It may not replace divisions, roots or the
// rounding of sums by what is less exact.
//
// Let u = 2^-53 (`unit`). A sum of m terms, products of two doubles each or doubles, is computed with an error of at
// most γ Σ |terms|, γ = m u / (1 − m u) <= 1.01 m u for m <= 2^40 [higham2002accuracy, section 3.1]. What underflows is
// wrong by at most 2^-1074 besides.
//
// Bounds are themselves computed in doubles. They are made of numbers that are not negative by sums, products,
// quotients and roots, at most 2^22 for each: the factor 1 + 2^-30 of `upward` makes up for the rounding of all of
// them, and 2^-900 for all underflow, here and in the vectors. Where a bound reaches 2^200, or is no number, it becomes
// infinite, and stays so: an infinite error says nothing. So vectors with a finite error have entries below 2^200.

#ifdef __FAST_MATH__
#error "the bounds of doubles hold for IEEE arithmetic only"
#endif

namespace attest::checker {

constexpr double unit = 0x1p-53;
constexpr double greatest = 0x1p200;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// At least the norm of a vector of at most 2^22 entries whose squares underflow.
constexpr double lost_squares = 0x1p-499;

struct Bound {
    double error = 0;
    double size = 0;
};

/// At least the number whose formula was computed to x; infinity for what is too great or no number.
inline double upward(double x) { return x < greatest ? x * (1 + 0x1p-30) + 0x1p-900 : infinite; }

/// The error of a sum of so many terms, a unit of the sum of their sizes.
inline double rounding_of(std::size_t terms) { return 1.01 * static_cast<double>(terms) * unit; }

/// No error that is finite where the size is not.
inline Bound bounded(double error, double size) {
    const double most = upward(size);
    return {most < greatest ? upward(error) : infinite, most};
}

}  // namespace attest::checker
