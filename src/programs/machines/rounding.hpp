#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attest/base/limits.hpp"
#include "programs/machines/turing.hpp"

namespace attest::machines {

/// A binary floating-point format with rounding to nearest, ties to even.
struct FloatFormat {
    std::string name;
    int precision = 0;  ///< bits of the significand

    /// Steps for which all whole numbers that occur are numbers of the format, so that only scores are rounded.
    std::size_t most_steps() const;
};
const FloatFormat& binary32();
const FloatFormat& binary64();

/// The first step at which a rounded network reads another cell than the machine.
struct WrongRead {
    std::size_t step = 0;   ///< after which the output is wrong, from 1; the query stands at the time before
    std::int64_t cell = 0;  ///< where the head is next
    bool is_new = false;    ///< the cell was never visited, so that the last step should be chosen
    std::size_t right = 0;  ///< time of the last visit, or of the last step
    std::size_t read = 0;   ///< time that scores best; of several, the earliest
    std::string right_score, read_score;  ///< absolute scores: the shortest decimals that are rounded to them
    bool is_tie = false;                  ///< both score the same, so that the mean of the two is read
};

struct RoundedRun {
    std::optional<WrongRead> wrong;
    std::size_t steps = 0;   ///< that were gone through; all that were asked for, or up to the wrong one
    std::size_t scores = 0;  ///< that were computed
    std::optional<base::Limit> stopped;
};

/// Goes through the steps of the simulation as a network in this format takes them: each weight and each entry of a position
/// is the exact number rounded once; products are rounded; sums are taken from left to right, each rounded; the mean is the
/// exact sum, divided and rounded.
///
/// Needs   steps <= format.most_steps()
/// Exact   yes, on any hardware: significands are whole numbers
/// Cost    near to O(steps): of earlier times only those are looked at that may score as well
RoundedRun run_rounded(const NormalForm& machine, const std::vector<std::size_t>& word, const FloatFormat& format,
                       std::size_t steps, const base::Limits& limits);

/// The same by looking at all times at each step: quadratic, for tests.
RoundedRun run_rounded_by_definition(const NormalForm& machine, const std::vector<std::size_t>& word,
                                     const FloatFormat& format, std::size_t steps);

}  // namespace attest::machines
