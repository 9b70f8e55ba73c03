#pragma once

#include "attest/decide/recognise/prove.hpp"

namespace attest::decide {

/// The refutation of a miter that says state by state that both sides count alike (logic/left_to_right), where it is of this
/// kind: solvers do not find it.
///
/// Gives   nothing where it is not, or a limit comes first; the circuit, its roots and drops are left where they are then
std::optional<Refutation> refute_left_to_right(circuit::Circuit& circuit, std::vector<circuit::Literal>& roots,
                                               std::vector<compile::Drop>& drops, std::int64_t length,
                                               std::size_t symbols, const ProveOptions& options,
                                               const base::Limits& limits);

}  // namespace attest::decide
