#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attest/base/limits.hpp"
#include "step_formula.hpp"

namespace attest::induction {

/// The greatest part of clauses that holds at first and that no step leaves: those that do not are taken out until none is left that
/// does not.
///
/// Gives   what is left; nothing where a limit was reached
/// Cost    a call of the solver a clause and round
/// Source  Flanagan and Leino 2001, Houdini
std::vector<LatchLiterals> kept_by_steps(const StepFormula& step, std::vector<LatchLiterals> clauses,
                                         const base::Limits& limits);

/// Whether nothing bad comes from where the clauses hold.
bool are_safe(const StepFormula& step, const std::vector<LatchLiterals>& clauses, const base::Limits& limits);

/// The invariant that ABC's `pdr -d -I FILE` writes, as clauses over the latches of the circuit that it read, 1 and up.
///
/// names   of that circuit's latches, in order
/// file    for messages
/// Throws  InputError `FILE:line N` for what is no such file, a latch that the circuit does not have
std::vector<LatchLiterals> read_invariant(std::string_view text, const std::vector<std::string>& names,
                                          const std::string& file);

/// What clauses say of all latches but one: those without it, and all resolvents upon it.
///
/// Gives   false where they would be more than so many
bool eliminate(std::vector<LatchLiterals>& clauses, LatchLiteral latch, std::size_t most);

}  // namespace attest::induction
