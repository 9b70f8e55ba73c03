#pragma once

#include <span>
#include <vector>

#include "attest/circuit/builder.hpp"

namespace attest::circuit {

/// The roots of a circuit with literals of another one in place of its inputs: cofactors, copies over other
/// inputs, compositions. Gates that a root depends on are formed again in order, by the rules of the builder.
///
/// Shape   inputs: [from.input_count()], literals of `to`
/// Gives   literals of `to`, in order of the roots; worthless if `to` is exhausted
/// Cost    O(nodes + wires) of `from`
std::vector<Literal> substitute(Builder& to, const Circuit& from, std::span<const Literal> inputs,
                                std::span<const Literal> roots);

}  // namespace attest::circuit
