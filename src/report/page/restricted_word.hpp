#pragma once

#include "context.hpp"

namespace attest::report {

/// A word in boxes: the symbol where it is fixed, empty where it is free; a line in its place beyond 128 positions.
///
/// fixed  object: position from 1 → symbol
void write_restriction(Context& page, const base::Json& fixed, std::int64_t length);

}  // namespace attest::report
