#pragma once

#include "checker/induction/step.hpp"

namespace attest::checker {

/// Obligation `closure` of FORMAT.md, section 36, but for the empty word: nothing is bad in what words lead to.
///
/// symbols  of the alphabet that is read
/// states   at most so many valuations
/// Throws   Defect, also for more than 64 symbols
void check_closure_of_step(const MachineStep& step, std::size_t symbols, std::uint64_t states, Budget& budget);

}  // namespace attest::checker
