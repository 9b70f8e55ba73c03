#include "checker/classes/activation_clauses.hpp"

#include <algorithm>

// The activation is an arbitrary function, so it is a table with one entry for each tuple (own value, attended pairs);
// an entry has variables, shared by all words on which the tuple occurs, and a clause ties them to the value on the
// word: "the own value is this, these are selected, so the value is what the table says". After an unbounded layer the
// value is the tuple itself, and needs no table. After the last layer the table says which tuples are accepted, and
// membership of the word takes the place of the value.

namespace attest::checker {
namespace {

/// Whether the pair can be there together with the own value and with what was attended to: no position has two values.
bool is_consistent(const Query& q, const Activation& own, const std::vector<const Candidate*>& attended,
                   const Candidate& c) {
    if (c.position == q.position && c.value != own.value) return false;
    return std::none_of(attended.begin(), attended.end(), [&](const Candidate* before) {
        return before->position == c.position && before->value != c.value;
    });
}

/// Visits all consistent choices of one candidate a head, the first head's varying slowest. Head by head, without
/// recursion: a certificate may claim a million of them.
template <typename Visit>
void for_each_choice(const Query& q, const Activation& own, const std::vector<Candidates>& heads, Budget& budget,
                     Visit visit) {
    std::vector<const Candidate*> attended;
    std::vector<std::size_t> tried{0};  // candidates, by each head down to the one whose turn it is
    const auto back = [&] {
        tried.pop_back();
        if (!attended.empty()) attended.pop_back();
    };
    while (!tried.empty()) {
        budget.step(1 + attended.size());
        if (attended.size() == heads.size()) {
            visit(attended);
            back();
            continue;
        }
        const Candidates& all = heads[attended.size()];
        while (tried.back() < all.size() && !is_consistent(q, own, attended, all[tried.back()])) ++tried.back();
        if (tried.back() == all.size()) {
            back();
            continue;
        }
        attended.push_back(&all[tried.back()++]);
        tried.push_back(0);
    }
}

}  // namespace

void ActivationClauses::write(const Query& q, const std::vector<Candidates>& heads) {
    if (v_.c.is_bounded(q.layer)) make_values(v_.values_after(q));
    for (const Activation& own : v_.activations_at(q.layer - 1, q.position, q.word))
        for_each_choice(q, own, heads, v_.budget, [&](const Attended& attended) { tuple(q, own, attended); });
}

/// The values 0 … A − 1 of a bounded layer, exactly one of which a position has.
void ActivationClauses::make_values(std::vector<Activation>& values) {
    const std::size_t count = *v_.c.activations;
    v_.budget.memory(16 * count);
    if (count == 2) {
        const std::int32_t b = v_.fresh();
        values = {{v_.values.activation(0, v_.budget), -b}, {v_.values.activation(1, v_.budget), b}};
        return;
    }
    Clause some;
    for (std::size_t a = 0; a < count; ++a) {
        values.push_back({v_.values.activation(a, v_.budget), v_.fresh()});
        some.push_back(values.back().literal);
    }
    v_.formula.add(some);
    for (std::size_t a = 0; a < count; ++a)
        for (std::size_t b = a + 1; b < count; ++b) v_.formula.add({-some[a], -some[b]});
}

void ActivationClauses::tuple(const Query& q, const Activation& own, const Attended& attended) {
    ValueNumbers::Pairs pairs;
    Clause unless{-own.literal};
    for (const Candidate* c : attended) {
        pairs.emplace_back(v_.c.sees_positions ? c->position : 0, c->value);
        unless.push_back(-c->selected);
    }
    std::erase(unless, 0);
    const std::size_t number = v_.values.tuple(own.value, pairs, v_.budget);
    if (q.layer == v_.c.layers) accept(q, number, unless);
    else if (v_.c.is_bounded(q.layer)) activate(q, number, unless);
    else add_tuple_value(number, unless, v_.values_after(q));
}

/// The network accepts by the tuple that is read, and must do so iff the word is in the language.
void ActivationClauses::accept(const Query& q, std::size_t tuple, const Clause& unless) {
    const auto [acc, is_new] = functions_.try_emplace({tuple}, 0);
    if (is_new) acc->second = v_.fresh();
    v_.add(unless, {v_.words.member[q.word] ? acc->second : -acc->second});
}

/// The value after a bounded layer is a function of the tuple.
void ActivationClauses::activate(const Query& q, std::size_t tuple, const Clause& unless) {
    const std::vector<Activation>& after = v_.values_after(q);
    const std::vector<std::size_t> name = v_.c.sees_positions ? std::vector<std::size_t>{q.layer, q.position, tuple}
                                                              : std::vector<std::size_t>{q.layer, tuple};
    const std::int32_t first = activation_of(name, after.size());
    if (after.size() == 2) {
        v_.add(unless, {-first, after[1].literal});
        v_.add(unless, {first, -after[1].literal});
        return;
    }
    for (std::size_t a = 0; a < after.size(); ++a)
        v_.add(unless, {-(first + static_cast<std::int32_t>(a)), after[a].literal});
}

std::int32_t ActivationClauses::activation_of(const std::vector<std::size_t>& tuple, std::size_t count) {
    const auto [act, is_new] = functions_.try_emplace(tuple, 0);
    if (is_new) {
        v_.budget.memory(128);
        act->second = v_.fresh();
        Clause some{act->second};
        for (std::size_t a = 1; a < count && count > 2; ++a) some.push_back(v_.fresh());
        if (count > 2) v_.formula.add(some);
    }
    return act->second;
}

/// The value after an unbounded layer is the tuple.
void ActivationClauses::add_tuple_value(std::size_t tuple, const Clause& unless, std::vector<Activation>& after) {
    v_.budget.memory(16);
    if (unless.size() < 2) {
        after.push_back({tuple, unless.empty() ? 0 : -unless.front()});
        return;
    }
    const std::int32_t value = v_.fresh();
    for (const std::int32_t literal : unless) v_.formula.add({-value, -literal});
    Clause all{value};
    all.insert(all.end(), unless.begin(), unless.end());
    v_.formula.add(all);
    after.push_back({tuple, value});
}

}  // namespace attest::checker
