// Unit propagation as in all modern solvers (Moskewicz, Madigan, Zhao, Zhang, Malik: Chaff, 2001), with a
// literal of each clause kept beside its watch (the blocker of MiniSat), and with the preference of drat-trim
// (Heule, Hunt, Wetzler 2013) for clauses that are needed anyway: it keeps the set of needed clauses, and so
// the proof, small.
//
// Each literal has two watch lists, one of core clauses and one of the others. The others are tried only when
// the core yields nothing, and one new assignment from them sends us back to the core. A clause that
// has become core moves when it is next met.

#include "unit_propagation.hpp"

#include <utility>

namespace attest::logic {

UnitPropagation::UnitPropagation(ClauseArena& arena, std::int32_t variables) : arena_(arena) {
    const std::size_t count = static_cast<std::size_t>(variables) + 1;
    for (auto& lists : watches_) lists.resize(2 * count);
    values_.resize(2 * count);
    reasons_.resize(count);
    positions_.resize(count);
    trail_.reserve(count);
}

void UnitPropagation::activate(ClauseRef ref) {
    std::uint32_t& flags = arena_.flags(ref);
    flags |= active_flag;
    const std::uint32_t size = arena_.size(ref);
    if (size < 2) return;
    const Literal* literals = arena_.literals(ref);
    auto& lists = watches_[flags & core_flag ? core : other];
    const ClauseRef entry = size == 2 ? ref | binary_bit : ref;
    for (const std::uint32_t i : {0U, 1U})
        if (!(flags & (4U << i))) lists[literals[i]].push_back({entry, literals[1 - i]});
    flags |= watch_flags;
}

void UnitPropagation::drop(ClauseRef ref, Literal watched) {
    arena_.flags(ref) &= ~(arena_.literals(ref)[0] == watched ? 4U : 8U);
}

bool UnitPropagation::is_reason(ClauseRef ref) const {
    const auto clause = arena_.clause(ref);
    for (std::size_t i = 0; i < clause.size() && i < 2; ++i)
        if (values_[clause[i]] > 0 && reasons_[clause[i] >> 1] == ref) return true;
    return false;
}

template <UnitPropagation::Kind kind>
ClauseRef UnitPropagation::visit(Literal falsified, std::size_t& index, bool stop_at_unit) {
    WatchList& list = watches_[kind][falsified];
    while (index < list.size()) {
        Watch& watch = list[index];
        if (values_[watch.blocker] > 0) {
            ++index;
            continue;
        }
        const ClauseRef ref = watch.ref & ~binary_bit;
        const std::uint32_t flags = arena_.flags(ref);
        if (!(flags & active_flag)) {
            drop(ref, falsified);
            remove(list, index);
            continue;
        }
        Literal first = watch.blocker;
        if (!(watch.ref & binary_bit)) {
            Literal* literals = arena_.literals(ref);
            if (literals[0] == falsified) std::swap(literals[0], literals[1]);
            first = literals[0];
            if (values_[first] <= 0) {
                const std::uint32_t size = arena_.size(ref);
                std::uint32_t k = 2;
                while (k < size && values_[literals[k]] < 0) ++k;
                if (k < size) {
                    std::swap(literals[1], literals[k]);
                    watches_[flags & core_flag ? core : other][literals[1]].push_back({ref, first});
                    remove(list, index);
                    continue;
                }
            }
        }
        if (kind == other && (flags & core_flag)) {
            watches_[core][falsified].push_back({watch.ref, first});
            remove(list, index);
        } else {
            watch.blocker = first;
            ++index;
        }
        if (values_[first] > 0) continue;
        if (values_[first] < 0) return ref;
        assign(first, ref);
        if (stop_at_unit) return 0;
    }
    return 0;
}

ClauseRef UnitPropagation::propagate() {
    for (;;) {
        while (core_head_ < trail_.size()) {
            std::size_t index = 0;
            if (const ClauseRef conflict = visit<core>(trail_[core_head_++] ^ 1, index, false)) return conflict;
        }
        if (other_head_ == trail_.size()) return 0;
        const std::size_t before = trail_.size();
        if (const ClauseRef conflict = visit<other>(trail_[other_head_] ^ 1, other_index_, true)) return conflict;
        if (trail_.size() != before) continue;
        ++other_head_;
        other_index_ = 0;
    }
}

void UnitPropagation::shrink(std::size_t size) {
    while (trail_.size() > size) {
        const Literal literal = trail_.back();
        values_[literal] = values_[literal ^ 1] = 0;
        trail_.pop_back();
    }
    core_head_ = other_head_ = size;
    other_index_ = 0;
}

}  // namespace attest::logic
