#pragma once

#include "attest/circuit/circuit.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// A circuit from left to right: inputs, then its gates in bands, one a layer of the model that they come from, each band
/// in columns by depth; a ring at the end of a wire that is complemented.
///
/// Needs   one output, which is no constant
/// Cost    quadratic in gates and wires: for small ones
Svg draw_circuit(const circuit::Circuit& circuit, const std::string& title);

}  // namespace attest::report
