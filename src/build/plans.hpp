#pragma once

#include "attest/base/limits.hpp"
#include "attest/language/dfa.hpp"
#include "stages.hpp"

namespace attest::build {

/// Rightmost ties, a layer for each level of the cascade that is used.
/// Needs   the automaton is quasi-aperiodic for the modulus
StagePlan cascade_plan(const language::Dfa& automaton, std::uint64_t modulus, const base::Limits& limits);

/// The same with a mask that leaves a position itself, up to two layers for each level that is used.
/// Needs   a stutter-invariant, aperiodic automaton
StagePlan causal_cascade_plan(const language::Dfa& automaton, const base::Limits& limits);

/// Leftmost ties, a layer for each time that a state can be left.
/// Needs   an R-trivial automaton: no state but itself leads back to a state
StagePlan exits_plan(const language::Dfa& automaton);

/// That of the mirror image, turned around: rightmost ties among positions further right.
/// Needs   a minimal automaton of an L-trivial language
/// Throws  Unsupported where the mirror image has too many states
StagePlan mirrored_exits_plan(const language::Dfa& automaton, const base::Limits& limits);

/// The minimal automaton of the words read from right to left.
/// Needs   a minimal automaton
/// Throws  Unsupported beyond 2^14 states
language::Dfa reversed_automaton(const language::Dfa& automaton, const base::Limits& limits);

}  // namespace attest::build
