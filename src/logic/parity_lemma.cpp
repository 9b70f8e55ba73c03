// Once the terms of a sum have values, unit propagation through the cone gives the gate's value: every clause
// that forbids a wrong assignment is RUP. Cuts may have more leaves than the sum has terms; then the clauses
// are split on those leaves too and the halves resolved.
//
// A block of k bits in minterm form has an OR over 2^(k−1) minterms, and each of the 2^(k−1) clauses of one
// sign would hint at all of them. So the terms are decided one by one, and whenever a decision makes half of
// a long clause false, the other half becomes a lemma of its own, that the clauses further down this branch
// use in its place: about k · 2^k hints rather than 4^k / 4.

#include "parity_lemma.hpp"

#include <cstdlib>

namespace attest::logic {
namespace {

constexpr std::size_t wide = 6;  // literals from which narrowing a clause pays

}  // namespace

ParityLemma::ParityLemma(const Cnf& formula, const RecoveredCircuit& circuit, const ParityDefinition& definition,
                         XlrupWriter& writer)
    : definition_(definition), writer_(writer) {
    for (const auto* variables : {&definition.terms, &definition.others, &definition.cone})
        for (const std::int32_t variable : *variables) {
            local_[variable] = static_cast<std::int32_t>(global_.size());
            global_.push_back(variable);
        }
    const auto count = static_cast<std::int32_t>(global_.size() - 1);
    propagation_.emplace(arena_, count);
    conflict_hints_.emplace(count);
    std::vector<Literal> literals;
    for (const std::int32_t gate : definition.cone) {
        const RecoveredGate& recovered = circuit.gates[static_cast<std::size_t>(gate)];
        for (std::size_t c = recovered.first_clause; c < recovered.first_clause + recovered.clauses; ++c) {
            literals.clear();
            for (const std::int32_t literal : formula.clause(c)) literals.push_back(local(literal));
            const ClauseRef ref = arena_.add(literals, static_cast<std::uint32_t>(ids_.size()));
            ids_.push_back(c + 1);
            propagation_->activate(ref);
            if (literals.size() >= wide) wide_.push_back({ref, literals.size()});
        }
    }
}

Literal ParityLemma::local(std::int32_t literal) const {
    const std::int32_t variable = local_.at(std::abs(literal));
    return to_literal(literal < 0 ? -variable : variable);
}

std::optional<XlrupWriter::Id> ParityLemma::prove() {
    std::vector<XlrupWriter::Id> forbidding;
    std::vector<std::int32_t> parity{definition_.cone.back()};
    parity.insert(parity.end(), definition_.terms.begin(), definition_.terms.end());
    if (!definition_.constant) parity[0] = -parity[0];
    if (!branch(0, definition_.constant, forbidding)) return std::nullopt;
    const XlrupWriter::Id id = writer_.import_parity(parity, forbidding);
    writer_.remove_clauses(made_);
    return id;
}

/// Emits the forbidding clauses for all values of the terms from `depth` on; the terms so far and the
/// constant sum to `sum`.
bool ParityLemma::branch(std::size_t depth, bool sum, std::vector<XlrupWriter::Id>& forbidding) {
    if (depth == definition_.terms.size()) {
        std::vector<Literal> lemma = branch_;
        const std::int32_t gate = definition_.cone.back();
        lemma.push_back(local(sum ? gate : -gate));
        if (!derive(lemma, 0)) return false;
        forbidding.push_back(made_.back());
        return true;
    }
    const std::vector<WideClause> outside = wide_;
    if (depth > 0) narrow();
    bool good = true;
    for (const bool value : {false, true}) {
        const std::int32_t term = definition_.terms[depth];
        branch_.push_back(local(value ? -term : term));
        good = good && branch(depth + 1, sum != value, forbidding);
        branch_.pop_back();
    }
    for (std::size_t i = 0; i < wide_.size(); ++i)
        if (wide_[i].ref != outside[i].ref) {
            propagation_->deactivate(wide_[i].ref);
            propagation_->activate(outside[i].ref);
        }
    wide_ = outside;
    return good;
}

/// Replaces each long clause, about half of which is false on this branch, by what is left of it.
void ParityLemma::narrow() {
    for (WideClause& clause : wide_) {
        assume_not(branch_);
        const bool conflict = propagation_->propagate() != 0;
        std::vector<Literal> lemma = branch_;
        bool satisfied = conflict;
        for (const Literal literal : arena_.clause(clause.ref)) {
            satisfied = satisfied || propagation_->value(literal) > 0;
            if (propagation_->value(literal) == 0) lemma.push_back(literal);
        }
        const std::size_t open = lemma.size() - branch_.size();
        if (!satisfied && open > 0 && clause.open >= wide && open <= clause.open / 2 + 1) {
            assume_not(lemma);
            const ClauseRef narrowed = emit(lemma, clause.ref);
            propagation_->shrink(0);
            propagation_->deactivate(clause.ref);
            propagation_->activate(narrowed);
            clause = {narrowed, open};
        }
        propagation_->shrink(0);
    }
}

bool ParityLemma::derive(const std::vector<Literal>& lemma, std::size_t next_other) {
    if (derive_by_propagation(lemma)) return true;
    if (next_other == definition_.others.size()) return false;
    for (const bool value : {false, true}) {
        std::vector<Literal> half = lemma;
        half.push_back(local(value ? definition_.others[next_other] : -definition_.others[next_other]));
        if (!derive(half, next_other + 1)) return false;
    }
    return derive_by_propagation(lemma);
}

bool ParityLemma::derive_by_propagation(const std::vector<Literal>& lemma) {
    assume_not(lemma);
    const ClauseRef conflict = propagation_->propagate();
    const ClauseRef made = conflict ? emit(lemma, conflict) : 0;
    propagation_->shrink(0);
    if (made) propagation_->activate(made);
    return made != 0;
}

void ParityLemma::assume_not(std::span<const Literal> lemma) {
    for (const Literal literal : lemma)
        if (propagation_->value(literal) == 0) propagation_->assign(literal ^ 1, 0);
}

ClauseRef ParityLemma::emit(std::span<const Literal> lemma, ClauseRef conflict) {
    std::vector<XlrupWriter::Id> hints;
    for (const ClauseRef ref : conflict_hints_->find(arena_, *propagation_, lemma, conflict))
        hints.push_back(ids_[arena_.tag(ref)]);
    std::vector<std::int32_t> literals;
    for (const Literal literal : lemma) {
        const std::int32_t variable = global_[literal >> 1];
        literals.push_back((literal & 1) ? -variable : variable);
    }
    made_.push_back(writer_.clause(literals, hints));
    const ClauseRef ref = arena_.add(lemma, static_cast<std::uint32_t>(ids_.size()));
    ids_.push_back(made_.back());
    return ref;
}

}  // namespace attest::logic
