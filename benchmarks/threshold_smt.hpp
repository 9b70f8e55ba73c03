#pragma once

#include <string>

#include "attest/decide/threshold/specification.hpp"

namespace attest::benchmarks {

/// The question of `attest threshold` at one length for z3: are there scores, activations and an acceptance, as functions,
/// so that for all words the network is right? Values of unbounded layers are whole numbers, which can tell all tuples apart.
///
/// Needs   two symbols, no mask, read at the end, any attention; activations none or 2
std::string threshold_smt(const threshold::Specification& specification);

}  // namespace attest::benchmarks
