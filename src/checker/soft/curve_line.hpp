#pragma once

#include "checker/network/model.hpp"
#include "checker/soft/near.hpp"

namespace attest::checker {

/// A line next to an activation (MODEL.md, section 9.6) over an interval.
///
/// Shape   slope: near that of leaky-relu, 0 to 1
/// Needs   finite low <= high
NearLine line_of_activation(ActivationFunction activation, const Near& slope, double at, double low, double high);

/// How many values of the function it takes at most.
constexpr unsigned curve_values = 19;

}  // namespace attest::checker
