#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "gate_recovery.hpp"

namespace attest::logic {

/// gate = sum of `terms` + constant modulo 2, seen on a cut: the gates of `cone` (the gate itself last)
/// compute it from `terms` and `others`, of which the value does not depend.
struct ParityDefinition {
    std::vector<std::int32_t> terms;
    bool constant = false;
    std::vector<std::int32_t> others;
    std::vector<std::int32_t> cone;
};

/// The gates that are sums modulo 2 of gates below them.
struct ParityStructure {
    std::map<std::int32_t, ParityDefinition> definitions;  ///< by variable
    std::vector<std::int32_t> root;                        ///< a clause that seems to be false on every input
    std::size_t root_clause = 0;
};

/// Gives   nothing if there is no XOR gate below a clause that random inputs make false throughout, if it
/// would take
///         too much, or a limit is exceeded
/// Exact   each definition is checked on all inputs of its cut; `root` is only likely
std::optional<ParityStructure> find_parity_structure(const Cnf& formula, const RecoveredCircuit& circuit,
                                                     const base::Limits& limits);

}  // namespace attest::logic
