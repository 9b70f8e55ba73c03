#pragma once

#include <cstdint>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

using Permutation = std::vector<std::uint32_t>;

/// Whether the group that two permutations of the same points generate is solvable.
///
/// Cost    O(|G| points) for each generator of each derived group
bool is_solvable(const Permutation& first, const Permutation& second, Budget& budget);

}  // namespace attest::checker
