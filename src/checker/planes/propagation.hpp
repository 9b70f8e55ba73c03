#pragma once

#include <vector>

#include "checker/planes/constraint.hpp"

namespace attest::checker {

/// Whether unit propagation alone finds that the inequalities have no solution: again and again, a variable gets the value
/// without which one of them could no longer be satisfied.
///
/// Cost    each inequality is read once more for each of its variables that gets a value
bool propagates_to_conflict(const std::vector<const Inequality*>& inequalities, std::uint32_t variables,
                            Budget& budget);

}  // namespace attest::checker
