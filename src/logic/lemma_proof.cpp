#include "logic/lemma_proof.hpp"

#include <algorithm>
#include <utility>

#include "proof_text.hpp"

// Reverse unit propagation (Goldberg & Novikov 2003), forwards, with hints (LRAT: Cruz-Filipe et al. 2017).

namespace attest::logic {

LemmaProof::LemmaProof(const Cnf& formula)
    : formula_(formula), propagation_(arena_, formula.variables), hints_of_(formula.variables) {
    std::vector<ClauseRef> units;
    for (std::size_t c = 0; c < formula.size(); ++c) {
        literals_.clear();
        for (const std::int32_t l : formula.clause(c)) literals_.push_back(to_literal(l));
        const ClauseRef ref = arena_.add(literals_, static_cast<std::uint32_t>(c + 1));
        propagation_.activate(ref);
        if (literals_.size() == 1) units.push_back(ref);
    }
    for (const ClauseRef ref : units) {
        const Literal unit = arena_.clause(ref)[0];
        if (propagation_.value(unit) < 0) {
            settle(ref);
            return;
        }
        if (propagation_.value(unit) == 0) propagation_.assign(unit, ref);
    }
    settle(propagation_.propagate());
}

/// A clause that is false without assumptions, if there is one, ends the proof.
void LemmaProof::settle(ClauseRef conflict) {
    if (conflict == 0) return;
    note(0, {}, conflict);
    refuted_ = true;
}

void LemmaProof::note(ClauseRef clause, std::span<const Literal> literals, ClauseRef conflict) {
    const std::size_t begin = hints_.size();
    for (const ClauseRef ref : hints_of_.find(arena_, propagation_, literals, conflict))
        hints_.push_back(arena_.tag(ref));
    steps_.push_back({clause, begin, hints_.size()});
}

bool LemmaProof::add(std::span<const std::int32_t> lemma) {
    if (refuted_) return true;
    literals_.clear();
    for (const std::int32_t l : lemma) literals_.push_back(to_literal(l));
    for (const Literal l : literals_)
        if (propagation_.value(l) > 0) return true;
    const std::size_t before = propagation_.trail().size();
    for (const Literal l : literals_)
        if (propagation_.value(l) == 0) propagation_.assign(l ^ 1, 0);
    const ClauseRef conflict = propagation_.propagate();
    if (conflict == 0) {
        propagation_.shrink(before);
        return false;
    }
    const auto id = static_cast<std::uint32_t>(formula_.size() + steps_.size() + 1);
    note(0, literals_, conflict);
    propagation_.shrink(before);
    // Those that are open come first: they are watched.
    std::stable_partition(literals_.begin(), literals_.end(), [&](Literal l) { return propagation_.value(l) == 0; });
    const ClauseRef ref = arena_.add(literals_, id);
    steps_.back().clause = ref;
    propagation_.activate(ref);
    if (literals_.size() == 1 || propagation_.value(literals_[1]) < 0) {
        if (propagation_.value(literals_[0]) < 0) {
            settle(ref);
            return true;
        }
        propagation_.assign(literals_[0], ref);
        settle(propagation_.propagate());
    }
    return true;
}

/// numbers  by hint: what it is called in the text
void LemmaProof::write(const Step& step, std::uint32_t id, const std::vector<std::uint32_t>& numbers,
                       std::string& text) const {
    append(text, id);
    if (step.clause != 0)
        for (const Literal l : arena_.clause(step.clause)) append(text, to_signed(l));
    text += "0 ";
    for (std::size_t h = step.begin; h < step.end; ++h) append(text, numbers[hints_[h]]);
    text += "0\n";
}

std::string LemmaProof::refutation() const {
    const std::size_t size = formula_.size();
    std::vector<bool> needed(steps_.size(), false);
    needed.back() = true;
    for (std::size_t s = steps_.size(); s-- > 0;) {
        if (!needed[s]) continue;
        for (std::size_t h = steps_[s].begin; h < steps_[s].end; ++h)
            if (hints_[h] > size) needed[hints_[h] - size - 1] = true;
    }
    std::vector<std::uint32_t> numbers(size + steps_.size() + 1);
    for (std::size_t c = 0; c <= size; ++c) numbers[c] = static_cast<std::uint32_t>(c);
    std::string text;
    auto id = static_cast<std::uint32_t>(size);
    for (std::size_t s = 0; s < steps_.size(); ++s) {
        if (!needed[s]) continue;
        numbers[size + s + 1] = ++id;
        write(steps_[s], id, numbers, text);
    }
    return text;
}

Cnf LemmaProof::extended() const {
    Cnf formula = formula_;
    std::vector<std::int32_t> clause;
    for (const Step& step : steps_) {
        clause.clear();
        for (const Literal l : arena_.clause(step.clause)) clause.push_back(to_signed(l));
        formula.add(clause);
    }
    return formula;
}

std::string LemmaProof::all_lemmas() const {
    std::vector<std::uint32_t> numbers(formula_.size() + steps_.size() + 1);
    for (std::size_t c = 0; c < numbers.size(); ++c) numbers[c] = static_cast<std::uint32_t>(c);
    std::string text;
    for (std::size_t s = 0; s < steps_.size(); ++s)
        write(steps_[s], static_cast<std::uint32_t>(formula_.size() + s + 1), numbers, text);
    return text;
}

}  // namespace attest::logic
