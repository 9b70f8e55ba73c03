#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "attest/logic/sat_solver.hpp"

namespace attest::logic {

/// Clauses that count true literals from below, so that a bound from above is one more literal: entry k−1 of what is
/// given is implied where at least k of the literals hold, for k up to `most`. It may also hold where fewer do.
///
/// `last`: the last variable in use; new ones follow, and it becomes the last of them.
/// Size    at most n · most variables, twice as many clauses
/// Source  the sequential counter of Sinz, CP 2005, in one direction
std::vector<std::int32_t> count_from_below(SatSolver& solver, std::span<const std::int32_t> literals, std::size_t most,
                                           std::int32_t& last);

/// Gates that count true literals exactly: entry k−1 holds iff at least k of them do.
///
/// Size    O(n² log n) gates before the builder's simplifications
/// Source  the totalizer of Bailleux and Boufkhad, CP 2003, as a circuit
std::vector<circuit::Literal> at_least(circuit::Builder& builder, std::span<const circuit::Literal> literals);

}  // namespace attest::logic
