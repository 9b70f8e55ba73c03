#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "attest/logic/cnf.hpp"
#include "clause_arena.hpp"
#include "conflict_hints.hpp"
#include "unit_propagation.hpp"

namespace attest::logic {

/// An LRAT proof written forwards: each lemma follows from the formula and the lemmas before it by unit propagation alone, or is
/// not taken. Whoever knows why a formula is unsatisfiable says so lemma by lemma, and nothing is searched.
class LemmaProof {
  public:
    explicit LemmaProof(const Cnf& formula);

    /// Takes a lemma in if it follows.
    ///
    /// lemma  no variable twice
    /// Gives  whether it holds
    bool add(std::span<const std::int32_t> lemma);
    bool add(std::initializer_list<std::int32_t> lemma) {
        return add(std::span<const std::int32_t>(lemma.begin(), lemma.size()));
    }
    /// Whether the empty clause was derived.
    bool refuted() const { return refuted_; }
    std::size_t lemmas() const { return steps_.size(); }
    /// Of all lemmas, of four bytes each.
    std::size_t hints() const { return hints_.size(); }

    /// The lines of the lemmas that the empty clause needs.
    /// Needs  refuted
    std::string refutation() const;
    /// The formula with the lemmas behind its clauses, for a solver to go on; and the lines of them all.
    Cnf extended() const;
    std::string all_lemmas() const;

  private:
    struct Step {
        ClauseRef clause = 0;  ///< 0: the empty one
        std::size_t begin = 0, end = 0;
    };

    ClauseRef keep(std::span<const Literal> literals, std::uint32_t id);
    void note(ClauseRef clause, std::span<const Literal> literals, ClauseRef conflict);
    void settle(ClauseRef conflict);
    void write(const Step& step, std::uint32_t id, const std::vector<std::uint32_t>& numbers, std::string& text) const;

    Cnf formula_;
    ClauseArena arena_;
    UnitPropagation propagation_;
    ConflictHints hints_of_;
    std::vector<Step> steps_;
    std::vector<std::uint32_t> hints_;  ///< clause c of the formula is c + 1, lemma k follows them
    std::vector<Literal> literals_;
    bool refuted_ = false;
};

}  // namespace attest::logic
