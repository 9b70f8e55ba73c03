#include "checker/classes/head_clauses.hpp"

// A head compares the pairs (position, value) that it sees by an order that depends on the query alone. So on a word on
// which it attends to c, every pair c' that is there stands below c: one clause for each c and c', "the query position
// has this value, c is selected and c' is there, so c is above c'". Ties go to the leftmost position, so in a weak
// order c is strictly above what is to its left, and at least what is to its right. With key dimension 1 there is one
// order of keys for all queries of a head, and the sign of the query decides between the greatest ("most"), the least,
// and, for the sign 0, the leftmost.

namespace attest::checker {

void HeadClauses::write(const Query& q, std::size_t head, Candidates& candidates) {
    if (candidates.size() == 1) return;  // what is alone is attended to
    select(candidates);
    for (const Activation& own : v_.activations_at(q.layer - 1, q.position, q.word))
        for (const Candidate& c : candidates) {
            v_.budget.step(candidates.size());
            prefer(q, head, own, c, candidates);
        }
}

/// One of the candidates, and one that is there.
void HeadClauses::select(Candidates& all) {
    Clause some;
    for (Candidate& c : all) some.push_back(c.selected = v_.fresh());
    v_.formula.add(some);
    for (const Candidate& c : all)
        if (c.present != 0) v_.formula.add({-c.selected, c.present});
}

void HeadClauses::prefer(const Query& q, std::size_t head, const Activation& own, const Candidate& c,
                         const Candidates& all) {
    if (v_.c.one_key_dimension) return prefer_by_key(q, head, own, c, all);
    for (const Candidate& other : all) {
        if (other.position == c.position) continue;
        if (v_.c.sees_positions) prefer_in_strict_order(q, head, own, c, other);
        else prefer_without_positions(q, head, own, c, other);
    }
}

void HeadClauses::prefer_in_strict_order(const Query& q, std::size_t head, const Activation& own, const Candidate& c,
                                         const Candidate& other) {
    const std::size_t order = v_.orders.order({q.layer, head, q.position, own.value});
    const std::int32_t above = v_.orders.above(order, {c.position, c.value}, {other.position, other.value});
    v_.add({-own.literal, -c.selected, -other.present}, {above});
}

/// Pairs of one value have one score: the leftmost of them is attended to.
void HeadClauses::prefer_without_positions(const Query& q, std::size_t head, const Activation& own, const Candidate& c,
                                           const Candidate& other) {
    const Clause unless{-own.literal, -c.selected, -other.present};
    const bool earlier = c.position < other.position;
    if (c.value == other.value) {
        if (!earlier) v_.add(unless, {});
        return;
    }
    const std::size_t order = v_.orders.order({q.layer, head, own.value});
    const Orders::Element a{0, c.value};
    const Orders::Element b{0, other.value};
    v_.add(unless, {earlier ? v_.orders.at_least(order, a, b) : v_.orders.above(order, a, b)});
}

void HeadClauses::prefer_by_key(const Query& q, std::size_t head, const Activation& own, const Candidate& c,
                                const Candidates& all) {
    const std::size_t order = v_.orders.order({q.layer, head});
    const Name query{q.layer, head, q.position, own.value};
    const Orders::Element a{c.position, c.value};
    for (const Candidate& other : all) {
        if (other.position == c.position) continue;
        const Orders::Element b{other.position, other.value};
        const bool earlier = c.position < other.position;
        const Clause unless{-own.literal, -c.selected, -other.present};
        const std::int32_t most = most_of(query);
        const std::int32_t upward = earlier ? v_.orders.at_least(order, a, b) : v_.orders.above(order, a, b);
        v_.add(unless, {-most, upward});
        const std::int32_t downward = earlier ? v_.orders.at_least(order, b, a) : v_.orders.above(order, b, a);
        v_.add(unless, {-(most + 1), downward});
    }
    if (c.position == all.front().position) return;  // the sign 0 finds it
    const std::int32_t most = most_of(query);
    v_.add({-own.literal, -c.selected}, {most, most + 1});
}

std::int32_t HeadClauses::most_of(const Name& query) {
    const auto [entry, is_new] = most_.try_emplace(query, 0);
    if (is_new) {
        v_.budget.memory(128);
        entry->second = v_.fresh();
        v_.formula.add({-entry->second, -v_.fresh()});
    }
    return entry->second;
}

std::int32_t HeadClauses::least_of_readout(std::size_t layer, std::size_t head) const {
    std::int32_t first = 0;
    v_.budget.step(most_.size());
    for (const auto& [query, most] : most_)
        if (query[0] == layer && query[1] == head && query[2] == v_.positions(0) && (first == 0 || most < first))
            first = most;
    return first == 0 ? 0 : first + 1;
}

}  // namespace attest::checker
