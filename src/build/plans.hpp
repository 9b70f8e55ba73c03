#pragma once

#include "attest/base/limits.hpp"
#include "attest/language/dfa.hpp"
#include "stages.hpp"

namespace attest::build {

/// Rightmost ties, a layer for each level of the cascade that is used.
/// Needs   the automaton is quasi-aperiodic for the modulus
StagePlan cascade_plan(const language::Dfa& automaton, std::uint64_t modulus, const base::Limits& limits);

/// Leftmost ties, a layer for each time that a state can be left.
/// Needs   an R-trivial automaton: no state but itself leads back to a state
StagePlan exits_plan(const language::Dfa& automaton);

}  // namespace attest::build
