#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "clause_arena.hpp"

namespace attest::logic {

/// Unit propagation with two watched literals that tries the marked clauses ("the core") first.
///
/// Clauses come and go: one that is deactivated keeps its place in the watch lists and is dropped there when
/// it is next met; `activate` puts back what was dropped. That is sound if the trail at activation is the one
/// at deactivation, which holds for a checker that undoes the steps of a proof in reverse order.
class UnitPropagation {
  public:
    UnitPropagation(ClauseArena& arena, std::int32_t variables);

    /// Switches a clause on, for the first time or again. Its first two literals are watched: where they can,
    /// they are not false. Clauses of fewer literals are the caller's to look at.
    void activate(ClauseRef ref);
    void deactivate(ClauseRef ref) { arena_.flags(ref) &= ~active_flag; }

    bool is_core(ClauseRef ref) const { return std::as_const(arena_).flags(ref) & core_flag; }
    void mark_core(ClauseRef ref) { arena_.flags(ref) |= core_flag; }

    /// 1 true, −1 false, 0 open.
    int value(Literal literal) const { return values_[literal]; }
    /// Makes an open literal true.
    void assign(Literal literal, ClauseRef reason) {
        values_[literal] = 1;
        values_[literal ^ 1] = -1;
        reasons_[literal >> 1] = reason;
        positions_[literal >> 1] = static_cast<std::uint32_t>(trail_.size());
        trail_.push_back(literal);
    }
    /// Goes on until nothing follows or a clause is false; returns that clause or 0.
    ClauseRef propagate();
    /// Undoes all assignments but the first `size`, after which nothing was open to propagate.
    void shrink(std::size_t size);

    const std::vector<Literal>& trail() const { return trail_; }
    ClauseRef reason(std::uint32_t variable) const { return reasons_[variable]; }
    void set_reason(std::uint32_t variable, ClauseRef ref) { reasons_[variable] = ref; }
    std::uint32_t position(std::uint32_t variable) const { return positions_[variable]; }
    /// Is this clause why a literal is true?
    bool is_reason(ClauseRef ref) const;

  private:
    static constexpr std::uint32_t active_flag = 1, core_flag = 2, watch_flags = 4 | 8;
    static constexpr ClauseRef binary_bit = ClauseRef{1} << 31;

    struct Watch {
        ClauseRef ref;  ///< the top bit says: two literals
        Literal blocker;
    };
    using WatchList = std::vector<Watch>;
    enum Kind { core, other };

    template <Kind kind>
    ClauseRef visit(Literal falsified, std::size_t& index, bool stop_at_unit);
    void drop(ClauseRef ref, Literal watched);
    static void remove(WatchList& list, std::size_t index) {
        list[index] = list.back();
        list.pop_back();
    }

    ClauseArena& arena_;
    std::array<std::vector<WatchList>, 2> watches_;
    std::vector<signed char> values_;
    std::vector<ClauseRef> reasons_;
    std::vector<std::uint32_t> positions_;
    std::vector<Literal> trail_;
    std::size_t core_head_ = 0;
    std::size_t other_head_ = 0;
    std::size_t other_index_ = 0;  ///< where in the list of the literal at other_head_
};

}  // namespace attest::logic
