#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "attest/logic/cnf.hpp"
#include "clause_arena.hpp"
#include "conflict_hints.hpp"
#include "gate_recovery.hpp"
#include "parity_structure.hpp"
#include "unit_propagation.hpp"
#include "xlrup_writer.hpp"

namespace attest::logic {

/// Proves one parity definition from the clauses of its cone: 2^terms clauses that forbid the wrong
/// assignments, then the parity constraint that they make.
class ParityLemma {
  public:
    ParityLemma(const Cnf& formula, const RecoveredCircuit& circuit, const ParityDefinition& definition,
                XlrupWriter& writer);

    /// The number of the parity constraint; nothing if propagation does not yield a clause (then there was no
    /// such definition).
    std::optional<XlrupWriter::Id> prove();

  private:
    struct WideClause {
        ClauseRef ref;
        std::size_t open;  ///< literals that the branch leaves open
    };

    Literal local(std::int32_t literal) const;
    bool branch(std::size_t depth, bool sum, std::vector<XlrupWriter::Id>& forbidding);
    void narrow();
    bool derive(const std::vector<Literal>& lemma, std::size_t next_other);
    bool derive_by_propagation(const std::vector<Literal>& lemma);
    void assume_not(std::span<const Literal> lemma);
    ClauseRef emit(std::span<const Literal> lemma, ClauseRef conflict);

    const ParityDefinition& definition_;
    XlrupWriter& writer_;
    std::unordered_map<std::int32_t, std::int32_t> local_;  ///< variable of the formula → variable here
    std::vector<std::int32_t> global_{0};                   ///< and back
    ClauseArena arena_;
    std::vector<XlrupWriter::Id> ids_;  ///< by a clause's tag: its number in the proof
    std::optional<UnitPropagation> propagation_;
    std::optional<ConflictHints> conflict_hints_;
    std::vector<WideClause> wide_;       ///< long clauses, as narrowed on this branch
    std::vector<Literal> branch_;        ///< literals that are false on this branch
    std::vector<XlrupWriter::Id> made_;  ///< all clauses that were derived
};

}  // namespace attest::logic
