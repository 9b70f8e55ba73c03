#pragma once

#include "attest/language/dfa.hpp"
#include "attest/network/transformer.hpp"

namespace attest::build {

/// One layer without mask and positions, a head for each kind of symbol that matters, for a language that asks only which
/// symbols occur.
///
/// Needs   a minimal automaton in J1: its monoid is commutative and idempotent
/// Gives   dimension 2k + 1 and a hidden unit for each set of kinds that is accepted, k kinds; no layer for k = 0
/// Throws  Unsupported where there are more than 2^14 sets of kinds
network::Transformer sets_network(const language::Dfa& automaton);

}  // namespace attest::build
