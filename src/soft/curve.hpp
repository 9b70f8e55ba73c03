#pragma once

#include "soft/affine_form.hpp"
#include "words_network.hpp"

namespace attest::soft {

/// What stands between the maps of a feed-forward part, and its derivative (ReLU: 0 at 0).
/// Exact   within 2^-46 (|x| + 1)
struct ValueAndSlope {
    double value, slope;
};
ValueAndSlope activate(const words::FeedForward& part, double x);

/// The same as a line over [lo, hi]: nothing is lost but the curvature.
/// Needs   finite lo <= hi
Line line_of_curve(const words::FeedForward& part, double at, double lo, double hi);

}  // namespace attest::soft
