#pragma once

#include "attest/base/limits.hpp"
#include "attest/search/specification.hpp"

namespace attest::search {

/// Whether no network of the class computes the language because the heads of one layer can be satisfied by fixing a
/// symbol each, after which the network's answer is the same on all words, while the language's is not (FORMAT.md,
/// section 9.6).
///
/// Gives   true only if that holds; false says nothing, and stands also for a limit that was reached and for classes of
///         more layers or without positions
/// Exact   yes: all choices of positions and symbols are tried
/// Cost    C(N, H) |Σ|^H choices, each until two words differ
/// Source  [hahn2020theoretical], with one layer and a count
bool bounded_by_restriction(const Specification& specification, const base::Limits& limits);

}  // namespace attest::search
