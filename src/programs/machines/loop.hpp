#pragma once

#include <optional>
#include <string>

#include "attest/exact/ball.hpp"
#include "programs/machines/subleq.hpp"

namespace attest::machines {

/// The temperature of a looped network, and how far its last layer pulls what is near to −1, 0, 1.
struct LoopSettings {
    exact::Rational temperature;
    exact::Rational snap{1, 4};  ///< above 0, below 1/2
};

/// What one loop of the network makes of the state that a program is in.
struct LoopOutcome {
    enum class Answer { right, wrong, unclear };
    Answer answer = Answer::right;
    std::string place;         ///< of what is not right: `bit 3 of cell 2`, `bit 1 of the next command`
    int expected = 0;          ///< −1, 0, 1
    std::string lower, upper;  ///< of what is there before the last layer, as decimals
};

/// One loop of the network of FORMAT.md, section 29.2, from a state in which all its numbers are −1, 0, 1.
///
/// Needs   the run is at a command whose step leads to a command; the settings' snap is between 0 and 1/2
/// Exact   encloses: what is said to be right or wrong is, whatever is rounded; unclear where 8192 bits do not tell
/// Cost    O(columns²) for each bit of a word
LoopOutcome loop(const SubleqProgram& program, const SubleqRun& run, const LoopSettings& settings);

}  // namespace attest::machines
