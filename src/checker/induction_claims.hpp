#pragma once

#include <functional>

#include "checker/examination.hpp"
#include "checker/induction/step.hpp"

namespace attest::checker {

/// The obligations of evidence `invariant` (FORMAT.md, section 31) for a step that was built here. The first of them, `translation`, is
/// begun.
///
/// symbols     of the model's alphabet
/// empty_word  throws Defect where the claim speaks of the empty word, and it is told otherwise
void check_induction(Examination& at, MachineStep step, std::size_t symbols, const std::function<void()>& empty_word);

}  // namespace attest::checker
