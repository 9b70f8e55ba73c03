#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "attest/base/limits.hpp"
#include "attest/logic/cnf.hpp"
#include "attest/logic/sat_solver.hpp"

namespace attest::logic {

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

/// What came of refuting a formula from the beginning, with the back end that writes proofs.
struct LratRefutation {
    Answer answer = Answer::unknown;
    std::string proof;    ///< LRAT text; empty if there is none
    std::string missing;  ///< why there is none
    std::string solver;
};

/// Throws  InputError if the proof does not fit on the disk
LratRefutation refute_with_lrat(const Cnf& formula, const SolverOptions& options, const base::Limits& limits,
                                std::optional<std::int64_t> most_conflicts = {});

/// Refutes a formula by parity reasoning alone, if the XORs that its gates define suffice.
///
/// Gives   an XLRUP proof (FORMAT.md, section 8), or nothing
std::optional<std::string> refute_by_parity(const Cnf& formula, const base::Limits& limits);

}  // namespace attest::logic
