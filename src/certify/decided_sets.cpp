#include "certify/decided_sets.hpp"

#include <algorithm>

namespace attest::certify {

namespace {

bool holds_part(const DecidedSets::Parts& parts, const ablate::Part& part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
}

}  // namespace

void DecidedSets::note(const Parts& removed, const std::string& name, verdict::Verdict verdict,
                       std::optional<exact::Rational> margin) {
    if (verdict.kept()) parts_.push_back(name);
    if (verdict.fails()) shown_.push_back(removed);
    if (verdict.holds()) decided_.push_back({removed, std::move(verdict), std::move(margin)});
}

std::optional<KeptParts> DecidedSets::look_up(const Parts& all, const Parts& kept) const {
    const auto is_rest = [&](const Parts& removed) {
        return std::all_of(all.begin(), all.end(), [&](const ablate::Part& part) {
            return holds_part(removed, part) != holds_part(kept, part);
        });
    };
    for (const KeptParts& decided : decided_)
        if (is_rest(decided.kept)) return KeptParts{kept, decided.verdict, decided.margin};
    return std::nullopt;
}

bool DecidedSets::is_shown(const Parts& removed) const {
    return std::find(shown_.begin(), shown_.end(), removed) != shown_.end();
}

void DecidedSets::show_broken(Ablation& result, const std::function<std::string(const Parts& removed)>& name,
                              const Show& show, const base::Limits& limits) {
    const auto& all = result.outcome.broken;
    std::size_t looked_at = 0;
    for (auto broken = all.rbegin(); broken != all.rend(); ++broken) {
        if (limits.exceeded() || looked_at++ == most_shown) break;
        if (is_shown(broken->first)) continue;
        if (auto verdict = show(broken->first, broken->second))
            note(broken->first, name(broken->first), std::move(*verdict), {});
    }
    result.shown = static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const auto& broken) { return is_shown(broken.first); }));
}

}  // namespace attest::certify
