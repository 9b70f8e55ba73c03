#pragma once

#include "checker/core/interval.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Encloses what an activation (MODEL.md, section 9.6) makes of the numbers of an interval.
///
/// Shape   slope: of leaky-relu, 0 to 1
/// Exact   holds all values; on one number, but for rounding, only it
Interval activation_of(ActivationFunction activation, const Interval& x, const Interval& slope);

}  // namespace attest::checker
