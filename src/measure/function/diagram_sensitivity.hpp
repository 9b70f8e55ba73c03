#pragma once

#include <array>
#include <optional>
#include <variant>
#include <vector>

#include "measure/function/diagram.hpp"

namespace attest::measure {

/// The most sensitive positions of an input, and such an input.
struct MostSensitiveInput {
    unsigned count = 0;
    std::vector<bool> input;  ///< by position from 0
};

/// By value of the function; none where it never has it. Level by level, an input and all copies of it with one
/// position flipped are followed through the diagram together: what counts is where the input is, and how
/// many copies are at each other node; of such states only those that no other state exceeds are kept.
///
/// Gives   undecided with reason memory after `most_states`, deadline or interrupted
/// Exact   yes
std::variant<std::array<std::optional<MostSensitiveInput>, 2>, verdict::Undecided> most_sensitive(
    const Diagram& d, std::size_t most_states, const base::Limits& limits);

}  // namespace attest::measure
