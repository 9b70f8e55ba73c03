#include "conflict_hints.hpp"

#include <algorithm>

namespace attest::logic {

void ConflictHints::see(const UnitPropagation& propagation, std::span<const Literal> clause) {
    for (const Literal literal : clause) {
        const std::uint32_t variable = literal >> 1;
        if (seen_[variable] == call_) continue;
        seen_[variable] = call_;
        if (propagation.reason(variable)) positions_.push_back(propagation.position(variable));
    }
}

const std::vector<ClauseRef>& ConflictHints::find(const ClauseArena& arena, const UnitPropagation& propagation,
                                                  std::span<const Literal> lemma, ClauseRef conflict) {
    ++call_;
    for (const Literal literal : lemma) seen_[literal >> 1] = call_;
    positions_.clear();
    hints_.clear();
    const auto reason_at = [&](std::uint32_t position) {
        return propagation.reason(propagation.trail()[position] >> 1);
    };
    see(propagation, arena.clause(conflict));
    for (std::size_t i = 0; i < positions_.size(); ++i) see(propagation, arena.clause(reason_at(positions_[i])));
    std::sort(positions_.begin(), positions_.end());
    for (const std::uint32_t position : positions_) hints_.push_back(reason_at(position));
    hints_.push_back(conflict);
    return hints_;
}

}  // namespace attest::logic
