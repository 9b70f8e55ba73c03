#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/logic/cnf.hpp"
#include "chain.hpp"
#include "step_circuit.hpp"

namespace attest::induction {

/// A set of states of a step circuit, as a conjunction over its latches.
struct Conjunction {
    circuit::Circuit circuit;  ///< inputs: the latches
    std::vector<circuit::Literal> conjuncts;
};

/// That each register holds one thing, and that what a chain says is so.
struct ChainInvariant {
    Conjunction says;
    std::vector<std::vector<circuit::Literal>>
        nodes;  ///< [level × node], of says.circuit, the first level being one node
    std::vector<std::vector<circuit::Literal>> pairs;  ///< [level × pair], likewise
};
/// Gives   nothing where it has more than a million conjuncts, or more gates than 256 MiB hold
std::optional<ChainInvariant> invariant_of(const Chain& chain, const StepCircuit& step);

/// A conjunction twice on a step: before it and after it.
struct Instances {
    std::vector<circuit::Literal> before, after;  ///< by node of the conjunction's circuit
    std::vector<circuit::Literal> conjuncts, conjuncts_after;

    static circuit::Literal of(const std::vector<circuit::Literal>& nodes, circuit::Literal l) {
        return nodes[l.node()] ^ l.complemented();
    }
};
Instances place(const Conjunction& invariant, StepCircuit& step);

/// The formula of FORMAT.md, section 31: satisfiable iff a step leaves the invariant, or is bad.
logic::Cnf formula_of(const StepCircuit& step, const Instances& instances, std::size_t symbols);

/// Refutes the formula by lemmas that a chain suggests, and a solver for what these leave.
///
/// Gives   the LRAT text; nothing if the invariant is none, or a limit was reached
/// Cost    four million lemmas at most, and 256 MiB of hints
std::optional<std::string> refute(const Chain& chain, const ChainInvariant& invariant, const StepCircuit& step,
                                  const Instances& instances, const logic::Cnf& formula, const base::Limits& limits);

}  // namespace attest::induction
