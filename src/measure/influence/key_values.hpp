#pragma once

#include "two_runs.hpp"

namespace attest::influence {

/// Keys and values of one head, by class and symbol, with drift and flip as Vectors have them.
struct KeyValues {
    KeyValues(const TwoRuns& runs, const IntervalHead& head, const Vectors& in);

    std::size_t dk, dv;
    Box key, key_drift, key_flip;        ///< [class × symbol × dk], the last [class × dk]
    Box value, value_drift, value_flip;  ///< [class × symbol × dv], the last [class × dv]
};

}  // namespace attest::influence
