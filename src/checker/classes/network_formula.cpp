#include "checker/classes/network_formula.hpp"

#include <algorithm>

namespace attest::checker {

NetworkFormula::NetworkFormula(const NetworkClass& c, const NetworkWords& words, const std::vector<std::string>& breaks,
                               Budget& budget)
    : c_(c),
      words_(words),
      breaks_(breaks),
      budget_(budget),
      formula_(budget),
      orders_(formula_, budget, c.has_strict_orders()) {
    check_breaks(breaks);
    budget.memory(32 * (c.layers + 1) * (1 + words.words.size()));
    held_.resize(c.layers + 1, std::vector<std::vector<std::vector<Held>>>(words.words.size()));
    symbols();
    base_clauses();
    if (has("activations")) number_activations();
    if (has("heads")) sort_heads();
    if (has("permutations") && !has("complements")) sort_positions();
    if (has("signs")) turn_heads();
    if (has("numbers")) raise_ones();
}

/// The clause with some literals more, without the literals ¬⊤ (here 0), and each literal once.
void NetworkFormula::add(const Clause& clause, std::initializer_list<std::int32_t> more) {
    Clause once;
    const auto take = [&](std::int32_t literal) {
        if (literal != 0 && std::find(once.begin(), once.end(), literal) == once.end()) once.push_back(literal);
    };
    for (const std::int32_t literal : clause) take(literal);
    for (const std::int32_t literal : more) take(literal);
    formula_.add(once);
}

/// Boundary 0: one value for each position, always there.
void NetworkFormula::symbols() {
    for (std::size_t x = 0; x < words_.words.size(); ++x) {
        budget_.memory((64 + 32 * c_.layers) * positions(x));
        for (const std::size_t a : words_.words[x]) held_[0][x].push_back({{values_.symbol(a, budget_), 0}});
        if (c_.reads_end) held_[0][x].push_back({{values_.symbol(words_.symbols, budget_), 0}});
        for (std::size_t l = 1; l <= c_.layers; ++l) held_[l][x].resize(positions(x));
    }
}

/// Section 9.3
void NetworkFormula::base_clauses() {
    for (std::size_t l = 1; l <= c_.layers; ++l) {
        const bool last = l == c_.layers;
        if (c_.sees_positions) {
            const std::size_t n = positions(0);
            for (std::size_t i = last ? n : 1; i <= n; ++i)
                for (std::size_t x = 0; x < words_.words.size(); ++x) ask({l, i, x});
        } else {
            for (std::size_t x = 0; x < words_.words.size(); ++x)
                for (std::size_t i = last ? positions(x) : 1; i <= positions(x); ++i) ask({l, i, x});
        }
    }
}

void NetworkFormula::ask(const Asking& at) {
    std::vector<Candidates> heads;
    for (std::size_t h = 1; h <= c_.heads; ++h) {
        budget_.step(8);
        budget_.memory(32);
        Candidates all = candidates(at, h);
        if (all.empty()) continue;  // blind
        select(all);
        prefer(at, h, all);
        heads.push_back(std::move(all));
    }
    std::vector<Held>& after = held_[at.layer][at.word][at.position - 1];
    if (c_.is_bounded(at.layer)) make_values(after);
    tuples(at, heads, after);
    if (has("heads")) asked_[{at.layer, at.position, at.word}] = std::move(heads);
}

/// Whether a pair is always there for this asking position, so that it need not be chosen.
bool NetworkFormula::is_left_out(const Asking& at, std::size_t j) const {
    if (!c_.has_strict_orders()) return false;
    return j == at.position || (at.layer == 1 && c_.reads_end && j == positions(at.word));
}

NetworkFormula::Candidates NetworkFormula::candidates(const Asking& at, std::size_t head) const {
    if (head == 1 && has("complements") && is_sorted_asking(at)) return first_of_sorted(at);
    Candidates all;
    const std::size_t last = c_.strict_mask ? at.position - 1 : positions(at.word);
    for (std::size_t j = 1; j <= last; ++j) {
        if (is_left_out(at, j)) continue;
        budget_.memory(48);
        for (const Held& w : held(at.layer - 1, j, at.word)) all.push_back({j, w.value, w.literal});
    }
    return all;
}

/// Exactly which candidate the head attends to: one of them, and one that is there.
void NetworkFormula::select(Candidates& all) {
    if (all.size() == 1) return;
    Clause some;
    for (Candidate& c : all) some.push_back(c.selected = fresh());
    formula_.add(some);
    for (const Candidate& c : all)
        if (c.present != 0) formula_.add({-c.selected, c.present});
}

/// What is attended to is preferred to whatever else is there.
void NetworkFormula::prefer(const Asking& at, std::size_t head, const Candidates& all) {
    if (all.size() == 1) return;
    for (const Held& own : held(at.layer - 1, at.position, at.word))
        for (const Candidate& c : all) {
            budget_.step(all.size());
            if (c_.one_key_dimension) {
                prefer_by_key(at, head, own, c, all);
                continue;
            }
            for (const Candidate& other : all)
                if (other.position != c.position) prefer_one(at, head, own, c, other);
        }
}

void NetworkFormula::prefer_one(const Asking& at, std::size_t head, const Held& own, const Candidate& c,
                                const Candidate& other) {
    const Clause unless{-own.literal, -c.selected, -other.present};
    if (c_.sees_positions) {
        const std::size_t order = orders_.order({at.layer, head, at.position, own.value});
        add(unless, {orders_.above(order, {c.position, c.value}, {other.position, other.value})});
        return;
    }
    const bool earlier = c.position < other.position;
    if (c.value == other.value) {
        if (!earlier) add(unless, {});
        return;
    }
    const std::size_t order = orders_.order({at.layer, head, own.value});
    const Orders::Element a{0, c.value};
    const Orders::Element b{0, other.value};
    add(unless, {earlier ? orders_.at_least(order, a, b) : orders_.above(order, a, b)});
}

void NetworkFormula::prefer_by_key(const Asking& at, std::size_t head, const Held& own, const Candidate& c,
                                   const Candidates& all) {
    const std::size_t order = orders_.order({at.layer, head});
    const auto direction = [&] {
        const auto [entry, is_new] = most_.try_emplace({at.layer, head, at.position, own.value}, 0);
        if (is_new) {
            budget_.memory(128);
            entry->second = fresh();
            formula_.add({-entry->second, -fresh()});
        }
        return entry->second;
    };
    const Orders::Element a{c.position, c.value};
    for (const Candidate& other : all) {
        if (other.position == c.position) continue;
        const Orders::Element b{other.position, other.value};
        const bool earlier = c.position < other.position;
        const Clause unless{-own.literal, -c.selected, -other.present};
        const std::int32_t most = direction();
        const std::int32_t upward = earlier ? orders_.at_least(order, a, b) : orders_.above(order, a, b);
        add(unless, {-most, upward});
        const std::int32_t downward = earlier ? orders_.at_least(order, b, a) : orders_.above(order, b, a);
        add(unless, {-(most + 1), downward});
    }
    if (c.position == all.front().position) return;
    const std::int32_t most = direction();
    add({-own.literal, -c.selected}, {most, most + 1});
}

/// The values 0 … A − 1 of a bounded layer.
void NetworkFormula::make_values(std::vector<Held>& values) {
    const std::size_t count = *c_.activations;
    budget_.memory(16 * count);
    if (count == 2) {
        const std::int32_t b = fresh();
        values = {{values_.activation(0, budget_), -b}, {values_.activation(1, budget_), b}};
        return;
    }
    Clause some;
    for (std::size_t a = 0; a < count; ++a) {
        values.push_back({values_.activation(a, budget_), fresh()});
        some.push_back(values.back().literal);
    }
    formula_.add(some);
    for (std::size_t a = 0; a < count; ++a)
        for (std::size_t b = a + 1; b < count; ++b) formula_.add({-some[a], -some[b]});
}

/// All ways in which own value and attended pairs can be, no position having two values.
void NetworkFormula::tuples(const Asking& at, const std::vector<Candidates>& heads, std::vector<Held>& after) {
    std::vector<const Candidate*> seen;
    for (const Held& own : held(at.layer - 1, at.position, at.word)) {
        const auto consistent = [&](const Candidate& c) {
            if (c.position == at.position && c.value != own.value) return false;
            for (const Candidate* before : seen)
                if (before->position == c.position && before->value != c.value) return false;
            return true;
        };
        // Head by head, without recursion: a certificate may claim a million of them.
        std::vector<std::size_t> tried{0};  // by each head down to the one whose turn it is
        const auto back = [&] {
            tried.pop_back();
            if (!seen.empty()) seen.pop_back();
        };
        while (!tried.empty()) {
            budget_.step(1 + seen.size());
            if (seen.size() == heads.size()) {
                tuple(at, own, seen, after);
                back();
                continue;
            }
            const Candidates& all = heads[seen.size()];
            while (tried.back() < all.size() && !consistent(all[tried.back()])) ++tried.back();
            if (tried.back() == all.size()) {
                back();
            } else {
                seen.push_back(&all[tried.back()++]);
                tried.push_back(0);
            }
        }
    }
}

void NetworkFormula::tuple(const Asking& at, const Held& own, const std::vector<const Candidate*>& seen,
                           std::vector<Held>& after) {
    ValueNumbers::Pairs pairs;
    Clause unless{-own.literal};
    for (const Candidate* c : seen) {
        pairs.emplace_back(c_.sees_positions ? c->position : 0, c->value);
        unless.push_back(-c->selected);
    }
    std::erase(unless, 0);
    const std::size_t number = values_.tuple(own.value, pairs, budget_);
    if (at.layer < c_.layers) {
        if (c_.is_bounded(at.layer)) activate(at, number, unless, after);
        else add_tuple_value(number, unless, after);
        return;
    }
    const auto [acc, is_new] = functions_.try_emplace({number}, 0);
    if (is_new) acc->second = fresh();
    add(unless, {words_.member[at.word] ? acc->second : -acc->second});
}

/// The value after a bounded layer is a function of the tuple.
void NetworkFormula::activate(const Asking& at, std::size_t tuple, const Clause& unless,
                              const std::vector<Held>& after) {
    const std::size_t count = after.size();
    const std::vector<std::size_t> name = c_.sees_positions ? std::vector<std::size_t>{at.layer, at.position, tuple}
                                                            : std::vector<std::size_t>{at.layer, tuple};
    const auto [act, is_new] = functions_.try_emplace(name, 0);
    if (is_new) {
        budget_.memory(128);
        act->second = fresh();
        Clause some{act->second};
        for (std::size_t a = 1; a < count && count > 2; ++a) some.push_back(fresh());
        if (count > 2) formula_.add(some);
    }
    const std::int32_t first = act->second;
    if (count == 2) {
        add(unless, {-first, after[1].literal});
        add(unless, {first, -after[1].literal});
        return;
    }
    for (std::size_t a = 0; a < count; ++a) add(unless, {-(first + static_cast<std::int32_t>(a)), after[a].literal});
}

/// The value after an unbounded layer is the tuple.
void NetworkFormula::add_tuple_value(std::size_t tuple, const Clause& unless, std::vector<Held>& after) {
    budget_.memory(16);
    if (unless.size() < 2) {
        after.push_back({tuple, unless.empty() ? 0 : -unless.front()});
        return;
    }
    const std::int32_t v = fresh();
    for (const std::int32_t literal : unless) formula_.add({-v, -literal});
    Clause all{v};
    all.insert(all.end(), unless.begin(), unless.end());
    formula_.add(all);
    after.push_back({tuple, v});
}

}  // namespace attest::checker
