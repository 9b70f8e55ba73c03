#pragma once

#include "attest/record/record.hpp"
#include "context.hpp"

namespace attest::report {

/// A word in boxes: the symbol where it is fixed, empty where it is free; a line in its place beyond 128 positions.
///
/// fixed  position from 1 → symbol
void write_restriction(Context& page, const record::Members& fixed, std::int64_t length);

}  // namespace attest::report
