#pragma once

#include <cstdint>
#include <optional>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/specification.hpp"

namespace attest::threshold {

/// How many symbols need be fixed at most so that the answer of a network of the class, whichever it is, is the same on
/// all words that remain; read at the last position, besides the symbol there (FORMAT.md, section 9.6).
///
/// Gives   nothing for classes in which no such number is known
/// Exact   upper bound
/// Source  [hahn2020theoretical], with one layer and a count; attest for key dimension 1
std::optional<std::int64_t> symbols_that_settle(const NetworkClass& network);

/// Whether no network of the class computes the language because so many fixed symbols settle the network's answer, and
/// none so many the language's.
///
/// Gives   true only if that holds; false says nothing, and stands also for a limit that was reached
/// Exact   yes: all choices of positions and symbols are tried
/// Cost    C(N, k) |Σ|^k choices of k symbols, each until two words differ
bool bounded_by_restriction(const Specification& specification, const base::Limits& limits);

}  // namespace attest::threshold
