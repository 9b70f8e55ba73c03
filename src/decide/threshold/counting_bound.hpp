#pragma once

#include <cstdint>

#include "attest/decide/threshold/specification.hpp"

namespace attest::threshold {

/// Whether no network of the class computes a language that every change of one symbol leads into or out of at this length,
/// because its heads tell apart fewer pairs of words that differ in one symbol: for two layers of any number of heads
/// (FORMAT.md, section 9.10).
///
/// Exact   yes
/// Cost    O(heads²) sums of numbers of O(heads) bits
/// Source  attest
bool bounded_by_counting(const NetworkClass& network, std::int64_t length);

}  // namespace attest::threshold
