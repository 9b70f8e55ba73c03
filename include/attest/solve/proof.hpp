#pragma once

#include <optional>
#include <string>
#include <variant>

#include "attest/base/limits.hpp"
#include "attest/solve/cnf.hpp"

namespace attest::solve {

/// Why there is no proof.
struct ProofFailure {
    std::string reason;
};

/// Turns a DRAT proof (text or binary) into LRAT text whose every step is needed: checks it backwards, marks the
/// core, gives hints, renumbers from size()+1.
///
/// Gives   the LRAT text, or why the proof is none (a step that does not follow, a truncated file, a RAT step
///         that is not RUP, a limit reached)
/// Cost    that of a backward check; memory of the proof's live clauses
std::variant<std::string, ProofFailure> drat_to_lrat(const Cnf& formula, const std::string& drat_bytes,
                                                     const base::Limits& limits);

/// Refutes a formula by parity reasoning alone, if the XORs that its gates define suffice.
///
/// Gives   an XLRUP proof (FORMAT.md, section 8), or nothing
std::optional<std::string> refute_by_parity(const Cnf& formula, const base::Limits& limits);

}  // namespace attest::solve
