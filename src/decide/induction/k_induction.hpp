#pragma once

#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "invariant.hpp"
#include "step_formula.hpp"

namespace attest::induction {

/// Whether words end well since all words of up to k letters before do (k = 1, 2, 4, 8, while there are few words of k letters).
///
/// lemmas  clauses that hold at first and that all together no step leaves
/// Gives   an invariant: the lemmas, and that all words of up to k letters, from here on, end well; nothing where no such k is found
/// Cost    calls of a solver on k + 1 steps; an invariant has a copy of the step for each word of up to k letters
/// Source  Sheeran, Singh and Stalmarck 2000
std::optional<Conjunction> by_k_induction(const StepCircuit& step, const StepFormula& formula,
                                          const std::vector<LatchLiterals>& lemmas, const base::Limits& limits);

}  // namespace attest::induction
