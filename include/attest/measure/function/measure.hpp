#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/measure/function/sensitive.hpp"
#include "attest/measure/function/shape.hpp"
#include "attest/measure/function/transform.hpp"
#include "attest/verdict/measurement.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::measure {

/// A Boolean function of n bits, given by a circuit over n inputs, by its truth table, or by both.
struct Function {
    unsigned variables = 0;
    std::optional<circuit::Circuit> circuit;  ///< its inputs are the positions, in order
    circuit::Literal root;                    ///< of the circuit
    std::optional<measure::TruthTable> table;
};

/// A number with an input that shows it.
struct Witnessed {
    verdict::Measurement number = verdict::Measurement::exactly(0);
    std::optional<std::vector<bool>> input;          ///< where it is reached
    std::vector<std::vector<unsigned>> blocks = {};  ///< block sensitivity: disjoint blocks of positions (from 1)
};

/// The complexity measures of a function, each with its guarantee.
struct Measures {
    unsigned variables = 0;
    Witnessed sensitivity, block_sensitivity, certificate_complexity, certificate_minimum;
    /// On inputs that are rejected, and accepted; none where there is no such input.
    std::optional<Witnessed> sensitivity_of[2], block_sensitivity_of[2], certificate_complexity_of[2];
    verdict::Measurement average_sensitivity = verdict::Measurement::exactly(0);
    std::vector<verdict::Measurement> influences;  ///< by position
    verdict::Measurement decision_tree_depth = verdict::Measurement::exactly(0);
    verdict::Measurement degree = verdict::Measurement::exactly(0);
    verdict::Measurement threshold_degree = verdict::Measurement::exactly(0);
    verdict::Measurement accepted_words = verdict::Measurement::exactly(0);

    std::optional<measure::TruthTable> table;  ///< where it fits
    std::optional<measure::Shape> shape;       ///< where there is a table or a diagram
    std::vector<std::uint64_t> profile;        ///< by number of sensitive positions: how many inputs
    /// By level: its Fourier weight, for the values 1 and −1; empty if unknown.
    std::vector<exact::Rational> level_weights;
    std::optional<std::vector<std::int32_t>> spectrum;  ///< times 2^n, if asked for
    std::optional<std::uint64_t> nonzero_coefficients;
    std::vector<std::pair<exact::Rational, exact::Rational>> noise_stability;  ///< at each ρ that was asked for
    std::vector<std::pair<exact::Rational, unsigned>>
        concentration;  ///< levels above this one have at most the given weight
    /// The first limit that cut something short.
    std::optional<verdict::Undecided> stopped;
};

struct MeasureOptions {
    unsigned threads = 1;
    std::uint64_t seed = 0;
    unsigned most_table_variables = 30;    ///< beyond, no truth table is made
    unsigned most_subcube_variables = 16;  ///< relevant ones; beyond, no algorithm over all subcubes is run
    bool keep_spectrum = false;
    std::vector<exact::Rational> noise, outside;  ///< for noise_stability, concentration
    ProofCheck check;                             ///< of refutations; none: what rests on one stays open
    KeepRefuted keep;                             ///< if there is one, a solver is asked for sensitivity in any case
    std::int64_t most_conflicts = 20'000;         ///< of one question to a solver
    std::size_t most_diagram_nodes = 1 << 21;
    std::uint64_t trials = 1 << 16;  ///< for each number that is sampled
    /// Told what is being done, for progress; may be empty.
    std::function<void(const std::string&)> progress;
};

/// All measures of a function, exact where the methods reach, else with bounds that hold.
///
/// Gives   stopped, if a limit left something open that would else have been found
/// Throws  InternalError if two ways to the same number disagree, or a proved inequality does not hold
Measures measure(const Function& function, const MeasureOptions& options, const base::Limits& limits);

}  // namespace attest::measure
