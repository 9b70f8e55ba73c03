#pragma once

#include "checker/core/machine_claims.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Obligation `calculus` (FORMAT.md, section 29.3): the four numbers are upper bounds of their exponentials, in intervals,
/// and what follows from them, in rationals, is within the snap.
///
/// Gives   the greatest error
/// Throws  Defect
Rational check_calculus(const LoopsClaim& claim, const TemperatureBounds& bounds, Budget& budget);

}  // namespace attest::checker
