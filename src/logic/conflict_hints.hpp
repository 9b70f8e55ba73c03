#pragma once

#include <span>
#include <vector>

#include "unit_propagation.hpp"

namespace attest::logic {

/// Which clauses led propagation from the negation of a lemma to a conflict, in an order that a strict LRAT
/// checker can follow.
///
/// Assume the negated lemma. Each reason, in the order of the trail, is then unit: its other literals were
/// false before it, each by an assumption or by an earlier hint. The conflict comes last and is false.
/// Reasons for a literal that is itself assumed are left out, for they would be satisfied.
class ConflictHints {
  public:
    explicit ConflictHints(std::int32_t variables) : seen_(static_cast<std::size_t>(variables) + 1, 0) {}

    /// The hints, valid until the next call. A literal of the lemma may also be true on the trail; then
    /// `conflict` is the reason of the earliest such literal. Cost    that of the part of the implication
    /// graph that is used, and sorting it
    const std::vector<ClauseRef>& find(const ClauseArena& arena, const UnitPropagation& propagation,
                                       std::span<const Literal> lemma, ClauseRef conflict);

  private:
    void see(const UnitPropagation& propagation, std::span<const Literal> clause);

    std::vector<std::uint32_t> seen_;  ///< by variable: the call that saw it
    std::uint32_t call_ = 0;
    std::vector<std::uint32_t> positions_;
    std::vector<ClauseRef> hints_;
};

}  // namespace attest::logic
