// One head for all its queries. Positions with equal queries get equal outputs, which without masks and biases does not
// depend on where they are: most of n queries are few distinct ones. What one query gets is in pattern_change.cpp
// (weights) and mean_change.cpp (means).

#include "head_change.hpp"

#include <algorithm>

namespace attest::influence {

namespace {

bool moves(const Query& query) {
    return std::any_of(query.change.begin(), query.change.end(), [](const Interval& x) { return !x.is_zero(); });
}

}  // namespace

HeadChange::HeadChange(const TwoRuns& runs, const IntervalLayer& layer, const IntervalHead& head, const Vectors& in)
    : runs_(runs), layer_(layer), head_(head), key_values_(runs, head, in) {}

const HeadOutput& HeadChange::at(std::size_t query_class, const Interval* y, const Interval* d, std::size_t replaced) {
    const std::size_t dk = key_values_.dk;
    Query query{runs_.position_class(query_class).members[0], Box(dk), Box(dk)};
    if (head_.query) head_.query->apply_to(y, query.before.data()), head_.query->apply_linear(d, query.change.data());
    if (!moves(query)) replaced = runs_.classes;  // a query that stays serves all replacements at once
    const auto [place, is_new] = known_.try_emplace(identity(query_class, query, replaced));
    if (is_new) {
        work_ += runs_.classes * runs_.symbols * (2 * dk + 8 * key_values_.dv + 8);
        const Places keys = key_positions(query.position);
        const PatternChange pattern(runs_, head_, key_values_, keys, query);
        place->second = change_of_mean(runs_, key_values_, pattern, replaced, query_class == runs_.readout);
    }
    return place->second;
}

/// What makes an output what it is.
std::vector<double> HeadChange::identity(std::size_t query_class, const Query& query, std::size_t replaced) const {
    const bool by_position = head_.bias != nullptr || layer_.mask != network::Mask::none;
    std::vector<double> numbers{by_position ? static_cast<double>(query_class) : -1.0};
    for (const Box* box : {&query.before, &query.change})
        for (const Interval& x : *box) numbers.push_back(x.lo), numbers.push_back(x.hi);
    numbers.push_back(static_cast<double>(replaced));
    return numbers;
}

Places HeadChange::key_positions(std::int64_t query_position) const {
    Places all{{}, runs_.symbols, runs_.words};
    std::int64_t unseen = 0;
    for (std::size_t k = 0; k < runs_.classes; ++k) {
        const PositionClass& c = runs_.position_class(k);
        const bool seen = layer_.mask == network::Mask::none || allows(layer_.mask, query_position, c.members[0]);
        all.by_class.push_back({seen ? static_cast<double>(c.members.size()) : 0, runs_.options(k)});
        if (!seen && c.is_word) unseen += static_cast<std::int64_t>(c.members.size());
    }
    for (std::size_t s = 0; s < runs_.symbols; ++s) {  // any of them may stand at positions that are hidden
        all.words.least[s] = std::max<std::int64_t>(0, all.words.least[s] - unseen);
        all.words.most[s] = std::min(all.words.most[s], all.words.length - unseen);
    }
    return all;
}

}  // namespace attest::influence
