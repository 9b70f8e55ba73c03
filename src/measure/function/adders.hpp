#pragma once

#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"

namespace attest::measure {

/// The values of a function that adds up its inputs and looks at the sum, by number of ones 0 … n.
///
/// The circuit's adders are found by the functions of small cuts; each is an identity between numbers, a + b + c = s + 2 m. From
/// Σ x these are used one after the other, which leaves Σ x = Σ 2^j b_j for few wires b_j. A sum or carry that no gate tells, since
/// the root does not read it, is any of 0 and 1. If the root depends on the inputs only through such wires, and on them only
/// through their sum, it is a symmetric function, and this is a proof of that: no input and no order of inputs is tried.
///
/// Trees of full and half adders are found whatever the order of wires and gates, with exclusive ors or ANDs, with carries that never
/// hold or without them. Outside are counters of other cells (compressors whose inner sums are no gates, lookup tables, sorting
/// networks), and numbers of ones that are added up with carry lookahead.
///
/// Gives   nothing where no such proof is found, or a limit is exceeded
/// Exact   yes
/// Cost    O(gates), and 2^b evaluations for b <= 16 wires that are left
std::optional<std::vector<bool>> values_of_sum(const circuit::Circuit& circuit, circuit::Literal root,
                                               const base::Limits& limits);

}  // namespace attest::measure
