#pragma once

#include "attest/base/limits.hpp"
#include "attest/measure/function/sensitive.hpp"

namespace attest::certify {

/// The checker's word on a formula and its LRAT proof, within the limits. What the formula means, it does not look at.
measure::ProofCheck proof_check(const base::Limits& limits);

}  // namespace attest::certify
