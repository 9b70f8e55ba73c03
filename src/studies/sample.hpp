#pragma once

#include <cstdint>

#include "attest/measure/function/sampling.hpp"
#include "studies/toy_model.hpp"

namespace attest::studies {

/// How often something happened.
struct Frequency {
    std::uint64_t successes = 0, trials = 0;
    measure::Interval interval;  ///< misses the probability with probability at most 1/20 (Clopper and Pearson)
};

/// What happened in random pairs of a truth and a model.
struct ToySample {
    Frequency reach_true, emit, legal;
};

/// Draws G and G' edge by edge, as far as two searches from one vertex look at them, and follows both. Knows nothing of the
/// formulas of `at_recall`.
///
/// Needs   trials >= 1
/// Gives   nothing where a limit came first
/// Exact   each edge's probability is right to 2^-64; the same seed gives the same draws on every machine
std::optional<ToySample> sample(const ToyModel& model, const exact::Rational& recall, std::uint64_t trials,
                                std::uint64_t seed, const base::Limits& limits);

}  // namespace attest::studies
