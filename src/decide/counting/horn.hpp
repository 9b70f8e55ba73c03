#pragma once

#include <string>

#include "decide/counting/system.hpp"

namespace attest::counting {

/// "No word tells the program from the language" in SMT-LIB, without a command at the end: Horn clauses about `inv0`, `inv1`, …, what
/// holds of the counters in each state of the automaton, which can be satisfied iff it is so.
std::string horn_clauses(const System& system);

}  // namespace attest::counting
