#pragma once

#include <vector>

#include "attest/circuit/builder.hpp"
#include "attest/compile/inputs.hpp"

namespace attest::compile {

/// A function of words that is known by its values, as a circuit: the decision diagram of the table, reduced, symbols in the order
/// of the word. Values that are complements share their gates, so that parity takes one gate a position.
///
/// answers  of all words of `inputs.length()` symbols, in lexicographic order
/// Exact    yes: on every word the literal is true iff the answer is
/// Cost     O(|Σ|^N); about three gates a node of the diagram (for more than two symbols one, and one a symbol)
circuit::Literal compile_table(circuit::Builder& builder, const Inputs& inputs, std::vector<bool> answers);

}  // namespace attest::compile
