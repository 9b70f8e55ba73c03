#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "attest/measure/function/truth_table.hpp"

namespace attest::measure {

// Coefficients are indexed by sets of positions, written as inputs: bit_of(i, n) is set iff i is in the set.

/// In place: a[S] becomes Σ_x (−1)^{|S ∧ x|} a[x], over 2^n integers.
///
/// Needs   the sum of |a[x]| fits into an int32
/// Cost    n 2^n additions, two passes over memory from n = 17 on, three from n = 27 on
void walsh_hadamard(std::span<std::int32_t> a, unsigned threads);

/// In place: a[S] becomes Σ_{T ⊆ S} (−1)^{|S| − |T|} a[T], over 2^n integers: the coefficients of the
/// multilinear polynomial whose values on inputs were given.
///
/// Needs   2^{n−1} times the greatest |a[x]| fits into an int32
void moebius(std::span<std::int32_t> a, unsigned threads);

/// Sums over the Fourier coefficients f^(S) = spectrum[S] / 2^n of a function with the values 1 for false and
/// −1 for true.
struct Levels {
    /// By k = 0 … n: Σ_{|S|=k} spectrum[S]^2; divided by 4^n, the weight of level k.
    std::vector<std::uint64_t> weight;
    std::uint64_t nonzero = 0;   ///< coefficients
    std::uint32_t greatest = 0;  ///< |spectrum[S]|
    Input greatest_at = 0;       ///< the first such S

    unsigned degree() const;  ///< greatest level that is not empty
};

/// The Fourier spectrum times 2^n.
///
/// Gives   undecided with reason memory if 2^n integers are more than the limits allow
/// Exact   yes
std::variant<std::vector<std::int32_t>, verdict::Undecided> spectrum(const TruthTable& f, unsigned threads,
                                                                     const base::Limits& limits);
Levels levels(std::span<const std::int32_t> spectrum, unsigned threads);

/// Σ_k ρ^k weight_k: the expected product of the values (1 and −1) on an input and on a copy of it, of which each position
/// is flipped with probability (1 − ρ) / 2.
///
/// weights  of the levels 0 … n; their sum is 1
/// Exact    yes
mpq_class noise_stability(std::span<const mpq_class> weights, const mpq_class& rho);
/// The least t such that the levels above t have at most this weight.
unsigned concentration(std::span<const mpq_class> weights, const mpq_class& outside);

/// The degree of the real multilinear polynomial that has the values of f (0 and 1) on all inputs; 0 for
/// constants.
std::variant<unsigned, verdict::Undecided> real_degree(const TruthTable& f, unsigned threads,
                                                       const base::Limits& limits);

}  // namespace attest::measure
