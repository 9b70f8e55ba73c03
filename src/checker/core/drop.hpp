#pragma once

#include <array>
#include <cstdint>

namespace attest::checker {

/// A boundary, a position and a number of a group: FORMAT.md section 6.1.
using Drop = std::array<std::uint64_t, 3>;

}  // namespace attest::checker
