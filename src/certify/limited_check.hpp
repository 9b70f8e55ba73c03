#pragma once

#include "attest/base/limits.hpp"
#include "checker/checker.hpp"

namespace attest::certify {

/// What bounds a computation bounds the check of what it found as well.
inline checker::Options options_within(const base::Limits& limits) {
    checker::Options options;
    options.deadline = limits.deadline;
    options.memory = limits.memory_bytes;
    options.stop = limits.interrupted;
    return options;
}

}  // namespace attest::certify
