#pragma once

#include <string>

#include "invariant.hpp"

namespace attest::induction {

/// The texts of `machine.json` and `invariant.json` (FORMAT.md, section 31).
/// Needs  nothing was built on the step yet but its machine
std::string machine_json(const StepCircuit& step);
std::string invariant_json(const Conjunction& invariant);

/// Whether it holds before the first letter.
bool holds_at_first(const Conjunction& invariant, const StepCircuit& step);

}  // namespace attest::induction
