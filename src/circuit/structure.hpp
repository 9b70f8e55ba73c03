#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// The level of each node: the longest path from it to an input or the constant, counted in gates.
/// Complements are free.
///
/// Cost    O(nodes + wires) time, 4 bytes a node
std::vector<std::uint32_t> levels(const Circuit& circuit);

/// The greatest level of an output or constraint; of any node if there is neither.
std::uint32_t depth(const Circuit& circuit);

/// By node: whether some root depends on it (a root's own node included).
///
/// Cost    O(nodes) memory in bits; time O(nodes + wires)
std::vector<bool> cone_of(const Circuit& circuit, std::span<const Literal> roots);

/// By node: how many wires, outputs and constraints read it.
std::vector<std::uint32_t> fan_out_counts(const Circuit& circuit);

/// The sizes that the theory speaks of.
struct Statistics {
    std::size_t inputs = 0;
    std::size_t conjunctions = 0;
    std::size_t exclusive_ors = 0;
    std::size_t wires = 0;
    std::size_t outputs = 0;
    std::size_t constraints = 0;
    std::uint32_t depth = 0;
    std::size_t greatest_fan_in = 0;
    std::size_t greatest_fan_out = 0;
    /// Gates: nodes without inputs and the constant.
    std::size_t size() const { return conjunctions + exclusive_ors; }
};

Statistics statistics(const Circuit& circuit);

}  // namespace attest::circuit
