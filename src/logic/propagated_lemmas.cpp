// What follows from the assumption stays on the trail below every lemma. Each literal there has a lemma of two literals for its
// reason, assumption → literal, so that the hints of later lemmas do not follow long chains of gates again and again.

#include "propagated_lemmas.hpp"

#include <algorithm>

#include "attest/base/error.hpp"
#include "proof_text.hpp"

namespace attest::logic {

namespace {

Literal index_of(circuit::Literal l) { return 2 * l.node() + (l.complemented() ? 1U : 0U); }

/// How many the formula has (FORMAT.md, section 7).
std::uint32_t clauses_of(const circuit::Circuit& circuit, circuit::Node gate) {
    if (circuit.kind(gate) == circuit::GateKind::exclusive_or) return 4;
    return static_cast<std::uint32_t>(circuit.fan_ins(gate).size()) + 1;
}

}  // namespace

PropagatedLemmas::PropagatedLemmas(const circuit::Circuit& circuit, const Cnf& formula)
    : circuit_(circuit),
      first_clause_(circuit.node_count(), 0),
      of_two_(circuit.node_count()),
      propagation_(arena_, formula.variables),
      hints_of_(formula.variables),
      given_(formula.size()) {
    std::vector<Literal> literals;
    for (std::size_t c = 0; c < formula.size(); ++c) {
        literals.clear();
        for (const std::int32_t l : formula.clause(c)) literals.push_back(to_literal(l));
        keep(literals);
    }
    std::uint32_t next = 0;
    for (circuit::Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        first_clause_[v] = next;
        next += clauses_of(circuit, v);
        if (next > given_) throw base::InternalError("a formula that lacks clauses of its circuit");
    }
}

int PropagatedLemmas::value(circuit::Literal l) const {
    if (l.node() == 0) return l.complemented() ? 1 : -1;
    return propagation_.value(index_of(l));
}

bool PropagatedLemmas::derive(std::vector<circuit::Literal> clause, std::span<const circuit::Node> gates,
                              bool only_near) {
    if (refuted_) return true;
    std::sort(clause.begin(), clause.end());
    clause.erase(std::unique(clause.begin(), clause.end()), clause.end());
    std::vector<Literal> lemma;
    for (std::size_t k = 0; k < clause.size(); ++k) {
        if (value(clause[k]) > 0 || (k > 0 && clause[k] == !clause[k - 1])) return true;
        if (value(clause[k]) == 0) lemma.push_back(index_of(clause[k]));
    }
    if (assumption_) lemma.push_back(*assumption_ ^ 1);
    return derive_clause(lemma, gates, only_near);
}

bool PropagatedLemmas::derive_clause(std::span<const Literal> lemma, std::span<const circuit::Node> gates,
                                     bool only_near) {
    ClauseRef conflict = 0;
    for (const Literal l : lemma)
        if (propagation_.value(l) == 0) propagation_.assign(l ^ 1, 0);
    for (const ClauseRef unit : units_count_ ? std::span<const ClauseRef>(units_) : std::span<const ClauseRef>()) {
        const Literal l = arena_.clause(unit)[0];
        if (propagation_.value(l) < 0) conflict = unit;
        if (propagation_.value(l) == 0) propagation_.assign(l, unit);
    }
    if (!conflict && !gates.empty()) conflict = propagate_near(gates);
    if (!conflict && !only_near) conflict = propagation_.propagate();
    if (!conflict) {
        propagation_.shrink(base_);
        return false;
    }
    const std::size_t first_hint = take_hints(lemma, conflict);
    propagation_.shrink(base_);
    note(lemma, first_hint);
    settle(base_);
    return true;
}

/// A symbol or a sum has too many to be near.
void PropagatedLemmas::add_near(std::span<const std::uint32_t> tags) {
    constexpr std::size_t most = 16;
    if (tags.size() > most) return;
    for (const std::uint32_t tag : tags) near_.push_back(by_tag_[tag]);
}

/// Over few clauses, in turn until nothing follows.
ClauseRef PropagatedLemmas::propagate_near(std::span<const circuit::Node> gates) {
    near_.clear();
    for (const circuit::Node gate : gates) {
        for (std::uint32_t k = 0; k < clauses_of(circuit_, gate); ++k)
            near_.push_back(by_tag_[first_clause_[gate] + k]);
        add_near(of_two_[gate]);
        for (const circuit::Literal l : circuit_.fan_ins(gate)) add_near(of_two_[l.node()]);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (ClauseRef& ref : near_) {
            if (ref == 0) continue;
            std::optional<Literal> open;
            bool done = false;
            for (const Literal l : arena_.clause(ref)) {
                const int value = propagation_.value(l);
                done = done || value > 0 || (value == 0 && open);
                if (value == 0) open = l;
                if (done) break;
            }
            if (done) continue;
            if (!open) return ref;
            propagation_.assign(*open, ref);
            ref = 0;
            changed = true;
        }
    }
    return 0;
}

void PropagatedLemmas::assume(circuit::Literal assumption) {
    propagation_.shrink(0);
    base_ = 0;
    assumption_.reset();
    refuted_ = false;
    if (assumption.node() == 0) return;
    assumption_ = index_of(assumption);
    propagation_.assign(*assumption_, 0);
    settle(1);
}

/// What now follows from the assumption, each with its lemma; or its complement, where that is refuted.
void PropagatedLemmas::settle(std::size_t from) {
    if (!assumption_) return;
    if (const ClauseRef conflict = propagation_.propagate()) {
        const std::vector<Literal> lemma{*assumption_ ^ 1};
        const std::size_t first_hint = take_hints(lemma, conflict);
        refuted_ = true;
        propagation_.shrink(0);
        note(lemma, first_hint);
        return;
    }
    const std::size_t end = propagation_.trail().size();
    for (std::size_t k = std::max<std::size_t>(from, 1); k < end; ++k) {
        const Literal l = propagation_.trail()[k];
        const ClauseRef reason = propagation_.reason(l >> 1);
        const auto clause = arena_.clause(reason);
        if (clause.size() == 2 && std::find(clause.begin(), clause.end(), *assumption_ ^ 1) != clause.end()) continue;
        const std::vector<Literal> lemma{l, *assumption_ ^ 1};
        const std::size_t first_hint = hints_.size();
        for (const Literal other : arena_.clause(reason))
            if (other != l && other != (*assumption_ ^ 1)) {
                const ClauseRef why = propagation_.reason(other >> 1);
                if (why != 0) hints_.push_back(arena_.tag(why));
            }
        hints_.push_back(arena_.tag(reason));
        propagation_.set_reason(l >> 1, note(lemma, first_hint));
    }
    base_ = end;
}

/// Gives  where the hints of the lemma begin
std::size_t PropagatedLemmas::take_hints(std::span<const Literal> lemma, ClauseRef conflict) {
    const std::size_t first = hints_.size();
    for (const ClauseRef ref : hints_of_.find(arena_, propagation_, lemma, conflict)) hints_.push_back(arena_.tag(ref));
    return first;
}

/// A lemma whose hints are the last ones taken.
ClauseRef PropagatedLemmas::note(std::span<const Literal> lemma, std::size_t first_hint) {
    const ClauseRef clause = keep({lemma.begin(), lemma.end()});
    steps_.push_back({clause, first_hint, hints_.size()});
    return clause;
}

/// Literals that are not false come first, to be watched. One that alone is left follows.
ClauseRef PropagatedLemmas::keep(std::vector<Literal> literals) {
    std::stable_partition(literals.begin(), literals.end(), [&](Literal l) { return propagation_.value(l) >= 0; });
    const ClauseRef ref = arena_.add(literals, static_cast<std::uint32_t>(by_tag_.size()));
    by_tag_.push_back(ref);
    if (literals.size() == 1) units_.push_back(ref);
    if (literals.size() == 2 && by_tag_.size() > given_)
        for (const Literal l : literals)
            if (l >> 1 < of_two_.size()) of_two_[l >> 1].push_back(static_cast<std::uint32_t>(by_tag_.size() - 1));
    propagation_.activate(ref);
    const bool follows = assumption_ && !literals.empty() && propagation_.value(literals[0]) == 0 &&
                         (literals.size() == 1 || propagation_.value(literals[1]) < 0);
    if (follows) propagation_.assign(literals[0], ref);
    return ref;
}

std::string PropagatedLemmas::proof() const {
    std::vector<bool> needed(steps_.size(), false);
    needed.back() = true;
    for (std::size_t s = steps_.size(); s-- > 0;)
        for (std::size_t h = steps_[s].begin; needed[s] && h < steps_[s].end; ++h)
            if (hints_[h] >= given_) needed[hints_[h] - given_] = true;
    std::vector<std::uint32_t> numbers(given_ + steps_.size());
    for (std::uint32_t c = 0; c < given_; ++c) numbers[c] = c + 1;
    std::string proof;
    auto id = static_cast<std::uint32_t>(given_);
    for (std::size_t s = 0; s < steps_.size(); ++s) {
        if (!needed[s]) continue;
        numbers[given_ + s] = ++id;
        append(proof, id);
        for (const Literal l : arena_.clause(steps_[s].clause)) append(proof, to_signed(l));
        append(proof, 0);
        for (std::size_t h = steps_[s].begin; h < steps_[s].end; ++h) append(proof, numbers[hints_[h]]);
        proof += "0\n";
    }
    return proof;
}

}  // namespace attest::logic
