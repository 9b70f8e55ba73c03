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

namespace attest::logic {

/// A proof in the making: lemmas that follow by unit propagation from the formula of a circuit and the lemmas before, each
/// kept with its hints. The variable of a node is its number.
class PropagatedLemmas {
  public:
    /// circuit  that the formula is of, gate by gate
    PropagatedLemmas(const circuit::Circuit& circuit, const Cnf& formula);

    /// Derives the clause of these literals and, where something is assumed, of the complement of that.
    ///
    /// gates   whose clauses, with the lemmas of two literals about them and what they read, are tried before all others: a
    ///         symbol or a sum reaches every gate of its step, and where few gates are enough there is no need to follow that;
    ///         only_near: no others are tried
    /// Gives   whether it was derived, or holds anyway
    bool derive(std::vector<circuit::Literal> clause, std::span<const circuit::Node> gates = {},
                bool only_near = false);

    /// From now on lemmas are under this assumption; what follows from it by propagation is written as lemmas first. ⊤: none.
    void assume(circuit::Literal assumption);
    /// What is known under the assumption: 1 true, −1 false, 0 open.
    int value(circuit::Literal l) const;
    /// Units of the formula, and those derived, take part from now on. Needs   no assumption
    void begin_with_units() { units_count_ = true; }

    std::size_t count() const { return steps_.size(); }
    /// Binary LRAT (FORMAT.md, section 8): the lines of the lemmas that the last one needs.
    /// Needs  a lemma
    std::string proof() const;

  private:
    /// A lemma: its clause, and the tags of its hints. A clause's tag is its number in the proof, from 0.
    struct Step {
        ClauseRef clause;
        std::size_t begin, end;  ///< in hints_
    };

    bool derive_clause(std::span<const Literal> lemma, std::span<const circuit::Node> gates, bool only_near);
    ClauseRef propagate_near(std::span<const circuit::Node> gates);
    void add_near(std::span<const std::uint32_t> tags);
    std::size_t take_hints(std::span<const Literal> lemma, ClauseRef conflict);
    ClauseRef note(std::span<const Literal> lemma, std::size_t first_hint);
    ClauseRef keep(std::vector<Literal> literals);
    void settle(std::size_t from);

    const circuit::Circuit& circuit_;
    std::vector<std::uint32_t> first_clause_;  // by node: the tag of a gate's first clause
    std::vector<ClauseRef> by_tag_;
    std::vector<std::vector<std::uint32_t>> of_two_;  // by node: tags of lemmas of two literals with it
    std::vector<ClauseRef> near_;
    ClauseArena arena_;
    UnitPropagation propagation_;
    ConflictHints hints_of_;
    std::size_t given_;  // clauses of the formula
    std::vector<Step> steps_;
    std::vector<std::uint32_t> hints_;
    std::vector<ClauseRef> units_;
    bool units_count_ = false;
    std::optional<Literal> assumption_;
    bool refuted_ = false;  // the assumption was: all lemmas hold
    std::size_t base_ = 0;  // of the trail: what follows from the assumption
};

}  // namespace attest::logic
