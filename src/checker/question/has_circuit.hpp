#pragma once

#include "checker/network/model.hpp"

namespace attest::checker {

/// Whether the model has a circuit at the length (FORMAT.md sections 6 and 25): the attention of the layers that stand there is
/// hard or average, and nothing is soft.
bool has_circuit(const Model& model, std::size_t length, Budget& budget);

}  // namespace attest::checker
