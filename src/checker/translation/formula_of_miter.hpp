#pragma once

#include "checker/kernel/formula.hpp"
#include "checker/translation/miter.hpp"

namespace attest::checker {

/// The formula of FORMAT.md section 7: satisfiable iff some root of the miter can be true.
Formula formula_of(const Miter& miter, Budget& budget);

}  // namespace attest::checker
