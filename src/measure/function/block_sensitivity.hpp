#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "attest/measure/function/sensitivity.hpp"

namespace attest::measure {

/// The most disjoint blocks of positions each of whose flip changes the value.
struct BlockSensitivity {
    /// By value of the function; none if it never has it. The blocks are those of the input of `at`.
    struct Side {
        unsigned lower = 0;         ///< found
        unsigned upper = 0;         ///< no input has more
        Input at = 0;               ///< where `lower` is reached
        std::vector<Input> blocks;  ///< as sets of positions: bit_of(i, n)
    };
    std::array<std::optional<Side>, 2> sides;
    std::optional<verdict::Undecided> unfinished;  ///< if upper > lower somewhere

    unsigned lower() const;
    unsigned upper() const;
};

/// Input by input, those with the greatest bound first; an input whose bound is no more than what has been
/// found is not looked at.
///
/// certificate_sizes  of each input: an upper bound on its block sensitivity
/// most_steps         of the search for disjoint blocks before it stops with bounds
/// Exact   lower and upper always; equal unless unfinished
BlockSensitivity block_sensitivity(const TruthTable& f, std::span<const std::uint8_t> certificate_sizes,
                                   std::uint64_t most_steps, const base::Limits& limits);

/// The blocks of one input that are minimal: their flip changes the value, and no part of them does.
std::vector<Input> minimal_blocks(const TruthTable& f, Input x);

}  // namespace attest::measure
