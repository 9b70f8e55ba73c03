#pragma once

#include "attest/decide/task/task.hpp"

namespace attest::task {

/// Whether as many mistakes are told as are wanted, or a limit came.
bool has_enough(const Outcome& outcome, const Options& options, const base::Limits& limits);

/// Tells, up to that, words that begin with a prefix which is answered wrongly, each replayed by definition, in their order.
void tell_mistakes(const Question& question, const language::Word& prefix, const Options& options,
                   const base::Limits& limits, Outcome& outcome);

}  // namespace attest::task
