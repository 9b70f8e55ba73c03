// What follows from the assumption stays on the trail below every lemma. Each literal there has a lemma of two literals for its
// reason, assumption → literal, so that the hints of later lemmas do not follow long chains of gates again and again.

#include "propagated_lemmas.hpp"

#include <algorithm>

namespace attest::logic {

namespace {

Literal index_of(circuit::Literal l) { return 2 * l.node() + (l.complemented() ? 1U : 0U); }

}  // namespace

PropagatedLemmas::PropagatedLemmas(const Cnf& formula)
    : propagation_(arena_, formula.variables), hints_(formula.variables), writer_(formula) {
    std::vector<Literal> literals;
    for (std::size_t c = 0; c < formula.size(); ++c) {
        literals.clear();
        for (const std::int32_t l : formula.clause(c)) literals.push_back(to_literal(l));
        keep(literals, c + 1);
    }
}

int PropagatedLemmas::value(circuit::Literal l) const {
    if (l.node() == 0) return l.complemented() ? 1 : -1;
    return propagation_.value(index_of(l));
}

bool PropagatedLemmas::derive(std::vector<circuit::Literal> clause) {
    if (refuted_) return true;
    std::sort(clause.begin(), clause.end());
    clause.erase(std::unique(clause.begin(), clause.end()), clause.end());
    std::vector<Literal> lemma;
    for (std::size_t k = 0; k < clause.size(); ++k) {
        if (value(clause[k]) > 0 || (k > 0 && clause[k] == !clause[k - 1])) return true;
        if (value(clause[k]) == 0) lemma.push_back(index_of(clause[k]));
    }
    if (assumption_) lemma.push_back(*assumption_ ^ 1);
    return derive_clause(lemma);
}

bool PropagatedLemmas::derive_clause(std::span<const Literal> lemma) {
    ClauseRef conflict = 0;
    for (const Literal l : lemma)
        if (propagation_.value(l) == 0) propagation_.assign(l ^ 1, 0);
    for (const ClauseRef unit : units_count_ ? std::span<const ClauseRef>(units_) : std::span<const ClauseRef>()) {
        const Literal l = arena_.clause(unit)[0];
        if (propagation_.value(l) < 0) conflict = unit;
        if (propagation_.value(l) == 0) propagation_.assign(l, unit);
    }
    if (!conflict) conflict = propagation_.propagate();
    if (conflict) write(lemma, conflict);
    propagation_.shrink(base_);
    if (conflict) {
        keep({lemma.begin(), lemma.end()}, id_);
        settle(base_);
    }
    return conflict != 0;
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
        write(lemma, conflict);
        refuted_ = true;
        propagation_.shrink(0);
        keep(lemma, id_);
        return;
    }
    const std::size_t end = propagation_.trail().size();
    for (std::size_t k = std::max<std::size_t>(from, 1); k < end; ++k) {
        const Literal l = propagation_.trail()[k];
        const ClauseRef reason = propagation_.reason(l >> 1);
        const auto clause = arena_.clause(reason);
        if (clause.size() == 2 && std::find(clause.begin(), clause.end(), *assumption_ ^ 1) != clause.end()) continue;
        const std::vector<Literal> lemma{l, *assumption_ ^ 1};
        std::vector<XlrupWriter::Id> ids;
        for (const Literal other : arena_.clause(reason))
            if (other != l && other != (*assumption_ ^ 1)) {
                const ClauseRef why = propagation_.reason(other >> 1);
                if (why != 0) ids.push_back(ids_[arena_.tag(why)]);
            }
        ids.push_back(ids_[arena_.tag(reason)]);
        std::vector<std::int32_t> literals;
        for (const Literal x : lemma) literals.push_back(to_signed(x));
        id_ = writer_.clause(literals, ids);
        ++count_;
        propagation_.set_reason(l >> 1, keep(lemma, id_));
    }
    base_ = end;
}

void PropagatedLemmas::write(std::span<const Literal> lemma, ClauseRef conflict) {
    std::vector<std::int32_t> literals;
    for (const Literal l : lemma) literals.push_back(to_signed(l));
    std::vector<XlrupWriter::Id> ids;
    for (const ClauseRef ref : hints_.find(arena_, propagation_, lemma, conflict)) ids.push_back(ids_[arena_.tag(ref)]);
    id_ = writer_.clause(literals, ids);
    ++count_;
}

/// Literals that are not false come first, to be watched. One that alone is left follows.
ClauseRef PropagatedLemmas::keep(std::vector<Literal> literals, XlrupWriter::Id id) {
    std::stable_partition(literals.begin(), literals.end(), [&](Literal l) { return propagation_.value(l) >= 0; });
    const ClauseRef ref = arena_.add(literals, static_cast<std::uint32_t>(ids_.size()));
    ids_.push_back(id);
    if (literals.size() == 1) units_.push_back(ref);
    propagation_.activate(ref);
    const bool follows = assumption_ && !literals.empty() && propagation_.value(literals[0]) == 0 &&
                         (literals.size() == 1 || propagation_.value(literals[1]) < 0);
    if (follows) propagation_.assign(literals[0], ref);
    return ref;
}

}  // namespace attest::logic
