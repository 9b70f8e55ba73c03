#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "attest/base/limits.hpp"
#include "program.hpp"

namespace attest::programs::brasp {

/// By definition, what a program says of each prefix of a word, the empty one first; 64 positions at a time.
///
/// word    numbers of symbols
/// Gives   prefixes 0 … |word|; nothing where a limit was reached
/// Throws  Unsupported for an attention that asks in more than 4,096 ways
/// Cost    O(nodes · cases · (1 + symbols / 64)); what is not used any more is forgotten
std::vector<bool> answers(const Program& program, std::span<const std::uint32_t> word, const base::Limits& limits);

}  // namespace attest::programs::brasp
