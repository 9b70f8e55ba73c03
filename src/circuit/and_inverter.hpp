#pragma once

#include <vector>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// A transformed circuit and where each old node went: images[v] is the literal of the new circuit that
/// equals v.
struct Transformed {
    Circuit circuit;
    std::vector<Literal> images;  ///< by old node; ⊥ for nodes that were left out
};

/// The circuit with 2-input ANDs only: wide ANDs become balanced trees, an XOR three ANDs, equal gates one
/// gate. Inputs, outputs and constraints stay; gates that no output and no constraint depends on are left
/// out.
///
/// Gives   fewer than 3 · wires gates
Transformed and_inverter(const Circuit& circuit);

}  // namespace attest::circuit
