#pragma once

#include "attest/decide/task/task.hpp"

namespace attest::task {

/// Program and task as circuits over the same inputs, and whether they differ at some position to a solver (FORMAT.md,
/// section 26.2). To count, the solver lists mistakes until there are no more.
///
/// Exact   yes: mistakes are replayed by definition
/// Gives   undecided with reason memory, unsupported (no circuit), deadline or interrupted
/// Throws  as hold; InputError where the solver finds a word on which the program has no value
Outcome hold_by_circuit(const Question& question, const Options& options, const base::Limits& limits);

}  // namespace attest::task
