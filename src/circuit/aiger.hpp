#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// The circuit of a combinational AIGER 1.9 file, ASCII (gates in any order) or binary; the file's first
/// bytes say which. Outputs come first, then bad states, as outputs; invariant constraints become
/// constraints. What has no symbol is named `i0`, `o0`, `b0`, `c0`, …. The circuit is simplified as a Builder
/// does.
///
/// Needs   `name` as messages shall say it
/// Throws  InputError at `name:LINE`, in a binary file `name:byte OFFSET`: bad syntax; more or fewer parts
/// than the
///         header promises (before memory is asked for); a literal out of range, undefined, or defined twice;
///         a gate that depends on itself; latches, justice or fairness; more than `most_bytes` needed
/// Cost    O(size) time for gates in order, O(size · log size) for others; about 20 bytes a gate beside the
/// circuit Source  the AIGER 1.9 report
Circuit read_aiger(std::string_view bytes, const std::string& name, std::size_t most_bytes = std::size_t{4} << 30);

}  // namespace attest::circuit
