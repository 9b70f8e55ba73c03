#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attest/circuit/circuit.hpp"
#include "attest/logic/cnf.hpp"
#include "clause_arena.hpp"
#include "conflict_hints.hpp"
#include "unit_propagation.hpp"
#include "xlrup_writer.hpp"

namespace attest::logic {

/// A proof in the making: lemmas that follow by unit propagation from the formula of a circuit and the lemmas before, each
/// written with its hints. The variable of a node is its number.
class PropagatedLemmas {
  public:
    explicit PropagatedLemmas(const Cnf& formula);

    /// Derives the clause of these literals and, where something is assumed, of the complement of that.
    /// Gives   whether it was derived, or holds anyway
    bool derive(std::vector<circuit::Literal> clause);

    /// From now on lemmas are under this assumption; what follows from it by propagation is written as lemmas first. ⊤: none.
    void assume(circuit::Literal assumption);
    /// What is known under the assumption: 1 true, −1 false, 0 open.
    int value(circuit::Literal l) const;
    /// Units of the formula, and those derived, take part from now on. Needs   no assumption
    void begin_with_units() { units_count_ = true; }

    std::size_t count() const { return count_; }
    std::string take() { return writer_.take(); }

  private:
    bool derive_clause(std::span<const Literal> lemma);
    void write(std::span<const Literal> lemma, ClauseRef conflict);
    ClauseRef keep(std::vector<Literal> literals, XlrupWriter::Id id);
    void settle(std::size_t from);

    ClauseArena arena_;
    UnitPropagation propagation_;
    ConflictHints hints_;
    XlrupWriter writer_;
    std::vector<XlrupWriter::Id> ids_;  // by tag
    std::vector<ClauseRef> units_;
    bool units_count_ = false;
    std::optional<Literal> assumption_;
    bool refuted_ = false;  // the assumption was: all lemmas hold
    std::size_t base_ = 0;  // of the trail: what follows from the assumption
    XlrupWriter::Id id_ = 0;
    std::size_t count_ = 0;
};

}  // namespace attest::logic
