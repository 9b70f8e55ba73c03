#pragma once

#include <vector>

#include "checker/core/regular_claims.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Whether T_k of two words is the same (FORMAT.md section 23): then no network of the class tells them apart.
///
/// Exact   yes
/// Cost    O(k N (letters that occur))
bool look_the_same(const LayersClaim& claim, const std::vector<std::size_t>& u, const std::vector<std::size_t>& v,
                   Budget& budget);

}  // namespace attest::checker
