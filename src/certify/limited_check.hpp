#pragma once

#include "attest/base/limits.hpp"
#include "attest/certify/place.hpp"
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

/// What the checker says of the certificate in the place.
inline checker::Report checked(const Place& place, const checker::Options& options = {}) {
    return place.files() != nullptr ? checker::check(*place.files(), options) : checker::check(place, options);
}

}  // namespace attest::certify
