#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "words_kernels.hpp"

// How far a network in doubles is from the true one, word by word.
//
// Instead of an interval for each number there is one for each vector: beside a vector x̂ of doubles stand `error` and
// `size` with ‖x − x̂‖ <= error and ‖x̂‖ <= size (Euclidean norms; x the true vector). So the numbers cost what they
// cost in plain doubles, and bounds a few operations a vector. It is the running error analysis of Wilkinson
// [higham2002accuracy, section 3.3] with norms in the place of components, and with the Lipschitz constant of each part
// in the place of its derivative. With u = 2^-53, and 1 <= k < 2^20 below:
//
// - A sum of k products is wrong by at most 1.01 k u Σ |w x|, in any order, with products rounded or not [ibid.,
//   section 3.1]. A parameter w is in doubles with an error of at most 2 u |w| + 2^-100.
// - Affine map of k inputs: ‖(W x + b + a) − ŷ‖ <= ‖W‖ error + error_a + 1.02 (k + 6) u (‖|W|‖ size + ‖b‖ + size_a),
//   and 2^-100 size √(rows k) for the absolute part.
// - ReLU moves no two vectors apart; another function between maps at most by its Lipschitz constant, and is computed
//   with an error of 2^-46 (|x| + 1) in each coordinate: as of a map with that norm.
// - Products of coordinates, behind a gate: x ∘ y − x̂ ∘ ŷ = (x − x̂) ∘ y + x̂ ∘ (y − ŷ), and ‖x ∘ y‖ <= ‖x‖ max |y_i|; the
//   greatest |x̂_i| and |ŷ_i| are known.
// - A mean or sum of m vectors: errors add up, and Σ x̂ is rounded by at most 1.02 (m + 6) u Σ ‖x̂‖, as a sum of m numbers
//   in each coordinate.
// - Norm: with c = x − mean(x), or, for the root mean square, c = x and s(c) = √(‖c‖²/d + eps), x ↦ c is a projection,
//   and c ↦ c/s(c) has a derivative of norm at most 1/s(c), where s changes by at most error/√d within the error. So
//   the error is divided by the least s there may be, and multiplied by the greatest gain. Rounding: d-term sums in
//   mean and variance, as NormBound says.
// - Queries and keys that are turned (rotary positions): a turn moves no two vectors apart. Cosine and sine are within 2 u
//   (and 2^-100), so that of a pair (a, b) each of a cos − b sin and a sin + b cos, with two products and one difference,
//   is wrong by at most 4.1 u √(a² + b²): together 5.8 u, for which 8 u ‖q̂‖ stands.
// - Scores: |q·k − q̂·k̂| <= size_q error_k + error_q size_k + error_q error_k + 1.02 (dk + 6) u (size_q size_k +
//   |bias|).
// - Softmax: let each score ŝ_j be within δ of s_j. On the way p_t ∝ e^((1 − t) s + t ŝ), with g = ŝ − s, Σ_j
//   |dp_t,j/dt| = E|g − E g| <= the standard deviation of g <= δ: so Σ |p_j − p̄_j| <= δ for p̄ of ŝ, without a factor
//   e^δ. What is computed is p̄_j (1 + θ_j) before division by the sum, with |θ_j| <= 1.01 u |t_j| + 8 u for the
//   subtraction of the greatest, t_j = ŝ_j − max <= 0, and the exponential. As p̄_j <= e^t_j and e^-t t <= 1/e, Σ p̄_j
//   |θ_j| <= (8 + 0.38 n) u, and after division Σ |p̂_j − p̄_j| <= 2.02 times that. Weights below e^-700 may be
//   anything up to that, beside a sum of at least 1: less than `tiny`.
//   Where weights are worked out once for many words (words_sums.hpp), t_j is taken from the greatest score of any of them, and
//   |t_j| <= 32 for all: then |θ_j| <= (8 + 1.01 · 32) u, whatever e^t_j is; what underflows in Σ e^t_j v_j is after division,
//   by a sum of at least e^-32, below 2^-1028 a term and coordinate.
// - Mean: ‖Σ p_j v_j − Σ p̂_j v̂_j‖ <= max error_v + Σ |p_j − p̂_j| max ‖v̂‖, and 1.02 (2 n + 8) u max ‖v̂‖ for sums
//   and division. In place of δ max ‖v̂‖ may stand what is less where a head looks at one position or values are alike:
//   on the way from s to ŝ ‖Σ dp_t,j/dt v̂_j‖ = ‖Cov(g, v̂)‖ <= δ √(Var v̂), and p_t <= e^2δ p̂, so that √(Var v̂) <=
//   e^δ √(Σ p̂ ‖v̂ − m̂‖²), where e^δ <= 1 + 1.2 δ for δ <= 1/4, and Σ p̂ ‖v̂ − m̂‖² = Σ p̂ ‖v̂‖² − ‖m̂‖². The lengths
//   ‖q̂‖, ‖k̂‖, ‖v̂‖ of what was computed are computed too.
// - A head at the only position that asks, with query q, keys K y_j + b and values V y_j + c: q·(K y_j + b) = (Kᵀ q)·y_j +
//   q·b, of which q·b is the same for all j, and changes neither softmax nor sparsemax; and as weights add up to 1, Σ p_j (V
//   y_j + c) = V (Σ p_j y_j) + c. So it is a head with query Kᵀ q, with y_j for key and value, and with an affine map of its
//   mean; the bounds are those of these parts. Of one affine map after another error and size are as above, from those of the
//   first.
// - Sparsemax: the weights max(0, s_j − τ) with the τ for which they add up to 1. On the way s + t g from s to ŝ, g = ŝ − s,
//   the τ_t are within δ of that of ŝ, and where S_t is the set of those that have a weight, Σ dp_t,j/dt v̂_j = Σ_S (g_j −
//   mean_S g) v̂_j is of length at most |S_t| δ max ‖v̂‖ (Cauchy and Schwarz). S_t has only j with ŝ_j > τ − 2 δ; of these t_j
//   below is wrong by at most u (1 + 2 δ), of which `slack` in δ makes up for 2 u δ. Computed are
//   t_j = ŝ_j − max, exact for the greatest, wrong by at most u where t_j >= −1, and elsewhere there is no weight before or
//   after; so u is added to δ. Then comes ŵ_j = max(0, t_j − τ̂) for some τ̂, rounded by u ŵ_j. As all weights grow or shrink
//   together when τ moves, Σ |max(0, t_j − τ̂) − p̄_j| = |Σ max(0, t_j − τ̂) − 1|, which is r = |Ŵ − 1| for the computed sum Ŵ but
//   for 1.02 (n + 4) u (1 + r); nor is τ̂ further from the true τ, if r < 1/2. So ‖Σ (ŵ_j − p_j) v̂_j‖ is at most max ‖v̂‖
//   times k (δ + u) + r + 1.02 (n + 6) u (1 + r), where k counts the j with t_j > τ̂ − 2 δ − r − 1.02 (n + 10) u (all, if r is
//   not below 1/2), and the sum of values is rounded by 1.02 n u Ŵ max ‖v̂‖ besides.
//
// Bounds are themselves computed in doubles, from at most 100 operations on numbers that are not negative and sums of
// at most 2^20 of them: the factor 1 + 2^-30 (`slack`) makes up for their rounding, and `tiny` for what underflows.
// Sizes are kept below 2^200, so that nothing overflows; beyond that, and for what is no number, the error is infinite,
// and stays so.

namespace attest::soft::words {

constexpr double unit = 0x1p-53;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// An upper bound, or infinity for what is too great or no number.
inline double bounded(double x) { return x < greatest ? x * slack + tiny : infinite; }

/// Sums of so many products: their error a unit of the sum of sizes, parameters' own errors included.
inline double rounding_of(std::size_t terms) { return 1.02 * static_cast<double>(terms + 6) * unit; }

/// For each word of a tile.
using Each = std::array<double, tile>;
struct Bound {
    Each error, size;
};

/// The part of a norm's bound that does not depend on the vector.
struct NormBound {
    double centring = 0;  ///< error of x − mean, a unit of ‖x‖: 1.02 (d + 4) u
    double root = 0;      ///< 1/√d
    double stretch = 0;   ///< the greatest gain
    double constant = 0;  ///< rounding after the division: 1.02 (d/2 + 12) u √d times that gain, 6 u ‖bias‖
    double size = 0;      ///< of what comes out: √d times that gain, and ‖bias‖
};

/// Of an affine map whose result is turned; known: the numbers of the turns are.
inline AffineBound turned(AffineBound map, bool known) {
    map.rounding = known ? bounded(map.rounding + 8 * unit * map.norm) : infinite;
    map.constant = known ? bounded(map.constant + 8 * unit * map.bias) : infinite;
    return map;
}

/// Of one affine map after another.
inline AffineBound composed(const AffineBound& first, const AffineBound& second) {
    return {.norm = bounded(second.norm * first.norm),
            .rounding = bounded(second.norm * first.rounding + second.rounding * first.norm),
            .constant = bounded(second.norm * first.constant + second.rounding * first.bias + second.constant),
            .sum = second.sum,
            .bias = bounded(second.norm * first.bias + second.bias)};
}

/// Of the vector of products of coordinates, none of which is greater than these.
inline Bound of_products(const Bound& x, const Bound& y, const Each& most_x, const Each& most_y) {
    Bound z;
    for (std::size_t k = 0; k < tile; ++k) {
        const double size = x.size[k] * most_y[k],
                     error = x.error[k] * (most_y[k] + y.error[k]) + most_x[k] * y.error[k];
        z.size[k] = bounded(size);
        z.error[k] = z.size[k] < greatest ? bounded(error + 2 * unit * size) : infinite;
    }
    return z;
}

/// Component by component the worse of two.
inline void worsen(Bound& worst, const double* error, const double* size) {
    for (std::size_t k = 0; k < tile; ++k) {
        worst.error[k] = worst.error[k] > error[k] ? worst.error[k] : error[k];
        worst.size[k] = worst.size[k] > size[k] ? worst.size[k] : size[k];
    }
}

}  // namespace attest::soft::words
