#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"

namespace attest::measure {

/// A number with an input at which it is reached.
struct Reached {
    unsigned value = 0;
    std::vector<bool> input;                    ///< by position from 0
    std::vector<std::vector<unsigned>> blocks;  ///< of block sensitivity: disjoint, positions from 1, ascending
};

/// What is known of a function by what its parts of disjoint positions are.
struct DisjointMeasures {
    /// Over the inputs with one value: the greatest, but for `least_certificate`.
    struct Side {
        Reached sensitivity, block_sensitivity, certificate, least_certificate;
    };
    std::array<std::optional<Side>, 2> sides;  ///< by value; none if the function never has it
    unsigned decision_tree_depth = 0;
    unsigned degree = 0;
    std::size_t parts = 1;  ///< that were tabulated
};

struct DisjointOptions {
    unsigned most_variables = 16;            ///< of a part
    std::uint64_t most_steps = 200'000'000;  ///< of the packing of blocks in a part
};

/// Takes a circuit apart at its root as long as the conjunction, disjunction or sum modulo 2 there has fan-ins that read different
/// positions; what cannot be taken apart is tabulated. Sensitive blocks and certificates of the whole are then those of parts:
/// where all parts have the value that leaves the root undecided they add up, else one part alone counts.
///
/// Gives   nothing where a part has too many positions or is constant, or the root cannot be taken apart at all
/// Exact   yes
std::optional<DisjointMeasures> disjoint_measures(const circuit::Circuit& circuit, circuit::Literal root,
                                                  const DisjointOptions& options, const base::Limits& limits);

}  // namespace attest::measure
