#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::measure {

/// Ends included.
struct Interval {
    mpq_class lower, upper;
};

/// An interval that misses the probability of success with probability at most alpha, whatever it is, over
/// `trials` independent trials.
///
/// Needs   successes <= trials, 0 < alpha < 1
/// Exact   encloses the interval of Clopper and Pearson; its ends are rounded outwards to 2^-24
/// Source  [clopper1934use]
Interval clopper_pearson(std::uint64_t successes, std::uint64_t trials, const mpq_class& alpha);

struct SampleOptions {
    std::uint64_t trials = 1 << 16;  ///< for each number; a multiple of 64
    std::uint64_t seed = 0;
    mpq_class alpha{1, 100};  ///< with at most this probability any of the intervals is wrong
};

/// What random inputs tell of a function.
struct Samples {
    Interval accepted;                 ///< part of the inputs with the value true
    Interval average_influence;        ///< mean over positions; times n, the average sensitivity
    std::vector<Interval> influences;  ///< by position from 0
};

/// Trials of their own for each of the n + 2 numbers.
///
/// Needs   the circuit's inputs are the positions, in order
/// Gives   undecided with reason deadline or interrupted
/// Cost    O(n · trials / 64 · gates)
std::variant<Samples, verdict::Undecided> sample(const circuit::Circuit& circuit, circuit::Literal root,
                                                 const SampleOptions& options, const base::Limits& limits);

}  // namespace attest::measure
