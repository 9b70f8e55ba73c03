#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attest/logic/cnf.hpp"

namespace attest::logic {

/// A gate read off its defining clauses.
struct RecoveredGate {
    enum class Kind { input, conjunction, parity } kind = Kind::input;
    std::size_t first_clause = 0;
    std::size_t clauses = 0;  ///< first_clause … first_clause + clauses − 1 define it
};

/// A formula seen as a circuit: variable v is gate v, fan-ins have smaller numbers.
struct RecoveredCircuit {
    std::vector<RecoveredGate> gates;  ///< by variable; variable 0 is unused
    std::vector<std::size_t> others;   ///< clauses that define no gate
};

/// Finds runs of clauses of the shapes of FORMAT.md, section 7: `−g l₁`, …, `−g l_k`, `g −l₁ … −l_k` for AND;
/// `−g a b`, `−g −a −b`, `g −a b`, `g a −b` for XOR. What fits neither is one of the others.
RecoveredCircuit recover_gates(const Cnf& formula);

/// The fan-ins of a gate, as signed literals.
std::vector<std::int32_t> fan_ins(const Cnf& formula, const RecoveredGate& gate);

}  // namespace attest::logic
