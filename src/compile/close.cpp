// Which vectors are one value, and which values are left out.
//
// Statement. Let the view of a vector y at (b, p) be what the maps of layer b+1 make of it as far as anything later
// needs that: the coordinates that p itself carries over, the queries that p asks, the keys by which others look at it
// and what heads then contribute of it; after the last layer, the answer. Positions that hold vectors of equal views go
// on alike on every word, so the sets may keep one vector for all of them.
//
// Why. Everything after boundary b reads y only through those maps, on the coordinates that are needed (network::Need).
//
// A value may be left out if no word reaches it; who says so must prove it of the literals that are handed back.

#include "close.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/exact/matrix.hpp"
#include "stop.hpp"

namespace attest::compile {

using circuit::Literal;

/// What later maps see of a vector (FORMAT.md, "View").
exact::Vector Close::view(std::size_t b, std::int64_t p, const exact::Vector& y) const {
    if (b == t_.layers.size()) return {network::accepts(t_.readout, y) ? 1 : 0};
    exact::Vector seen;
    const auto append = [&](const exact::Vector& part) { seen.insert(seen.end(), part.begin(), part.end()); };
    const auto& attention = t_.layers[b].attention;
    if (need_.needed(b + 1, p)) {
        for (const std::uint32_t c : need_.carried(b + 1, p).list) seen.push_back(y[c]);
        for (const std::size_t h : need_.live_heads(b + 1, p))
            if (attention->heads[h].query) append(exact::apply(*attention->heads[h].query, y));
    }
    for (const auto& [h, outputs] : need_.heads_over(b + 1, p)) {
        const network::Head& head = attention->heads[h];
        if (head.key) append(exact::apply(*head.key, y));
        const exact::Vector contribution = exact::apply(head.output, exact::apply(head.value, y));
        for (const std::uint32_t c : outputs) seen.push_back(contribution[c]);
    }
    return seen;
}

ValueSet Close::value_set(std::size_t b, std::int64_t p, std::vector<Case> cases, bool join) {
    Groups groups(*this, b, p);
    for (Case& one : cases) groups.add(std::move(one));
    return value_set(std::move(groups), join);
}

ValueSet Close::value_set(Groups groups, bool join) {
    const std::size_t b = groups.b_;
    const std::int64_t p = groups.p_;
    std::vector<Group> kept = without_dropped(b, p, std::move(groups.groups_));
    const bool last = b == t_.layers.size();
    ValueSet set;
    for (std::size_t g = 0; g < kept.size(); ++g) {
        std::vector<Literal> holds = std::move(kept[g].holds);
        if (options_.form == Form::compact)
            holds = {g + 1 < kept.size() ? builder_.disjunction(holds) : remaining(set)};
        else if (kept.size() == 1) holds = {circuit::top};
        else if (join && !last) holds = {builder_.disjunction(holds)};
        if (last && p == readout_ && kept[g].accepts) accepting_.insert(accepting_.end(), holds.begin(), holds.end());
        set.push_back({std::move(kept[g].vector), std::move(holds)});
    }
    return set;
}

void Close::Groups::add(Case one) {
    exact::Vector seen = close_.view(b_, p_, one.vector);
    const bool accepts = b_ == close_.t_.layers.size() && seen[0] == 1;
    const std::uint32_t number = views_.number(std::move(seen));
    if (number == groups_.size()) groups_.push_back({std::move(one.vector), {}, accepts});
    auto& holds = groups_[number].holds;
    holds.insert(holds.end(), one.holds.begin(), one.holds.end());
}

/// Those that some word reaches, as far as that is known; gates that are made next are of their values.
std::vector<Close::Group> Close::without_dropped(std::size_t b, std::int64_t p, std::vector<Group> groups) {
    const std::vector<bool> dropped = drops(b, p, groups);
    if (const auto left = std::count(dropped.begin(), dropped.end(), false);
        left > static_cast<std::ptrdiff_t>(options_.most_values))
        stop(verdict::Reason::memory, fmt::format("{} values at position {} after layer {}", left, p, b));
    builder_.set_origin(origin_of(circuit::Origin::Role::value, b, p));
    std::vector<Group> kept;
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (!dropped[g]) kept.push_back(std::move(groups[g]));
    return kept;
}

/// "None of these values": the last value of a set, said without gates of its own.
Literal Close::remaining(const ValueSet& others) {
    std::vector<Literal> none;
    for (const Value& v : others) none.push_back(!v.holds.front());
    return builder_.conjunction(none);
}

/// Which groups of a value set are left out: those given, and those found never to hold.
std::vector<bool> Close::drops(std::size_t b, std::int64_t p, const std::vector<Group>& groups) {
    const auto drop = [&](std::size_t g) {
        return Drop{static_cast<std::int64_t>(b), p, static_cast<std::int64_t>(g)};
    };
    std::vector<bool> dropped(groups.size(), false);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (!std::binary_search(options_.drops.begin(), options_.drops.end(), drop(g))) continue;
        dropped[g] = true;
        result_.drops.push_back(drop(g));
        result_.drop_literals.push_back(builder_.disjunction(groups[g].holds));
    }
    const std::vector<bool> never = never_true(groups);
    for (std::size_t g = 0; g < never.size(); ++g) {
        if (!never[g] || dropped[g]) continue;
        dropped[g] = true;
        result_.drops.push_back(drop(g));
    }
    result_.sizes.dropped += static_cast<std::size_t>(std::count(dropped.begin(), dropped.end(), true));
    return dropped;
}

/// Asks, if it is to be asked, which groups no word reaches; empty where not.
std::vector<bool> Close::never_true(const std::vector<Group>& groups) const {
    if (!options_.never_true || groups.size() <= 1) return {};
    std::vector<std::vector<Literal>> questions;
    for (const Group& group : groups) questions.push_back(group.holds);
    return options_.never_true(builder_.circuit(), questions);
}

}  // namespace attest::compile
