#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attest/circuit/circuit.hpp"
#include "attest/logic/cnf.hpp"

namespace attest::logic {

/// The variable of a node is its number, so a literal is ±node.
inline std::int32_t dimacs(circuit::Literal l) {
    const auto v = static_cast<std::int32_t>(l.node());
    return l.complemented() ? -v : v;
}

/// Adds the defining clauses of the gates first … last−1.
void add_gates(logic::Cnf& formula, const circuit::Circuit& circuit, circuit::Node first, circuit::Node last);

/// The formula of a certificate (FORMAT.md, section 7): satisfiable iff some word makes one of the roots true.
///
/// symbols  of the model's alphabet: three or more add the exactly-one clauses of each position
/// Cost     O(wires)
logic::Cnf formula(const circuit::Circuit& circuit, std::span<const circuit::Literal> roots, std::int64_t length,
                   std::size_t symbols);

}  // namespace attest::logic
