#pragma once

#include "checker/gates/threshold_circuit.hpp"
#include "checker/network/instance.hpp"

namespace attest::checker {

/// A model's acceptance as threshold gates, and nothing that it does not depend on.
struct ModelGates {
    ThresholdCircuit circuit;
    Literal accept;
};

/// Builds the gates of FORMAT.md section 38.2.
///
/// Needs   hard or average attention only, and a readout at one position that accepts and rejects
ModelGates model_gates(const Instance& instance, Budget& budget);

}  // namespace attest::checker
