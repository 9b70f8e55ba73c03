// From DRAT to LRAT by a backward check (Goldberg & Novikov 2003; Heule, Hunt, Wetzler: drat-trim, 2013;
// LRAT: Cruz-Filipe, Heule, Hunt, Kaufmann, Schneider-Kamp 2017).
//
// Forward: the steps are taken as they come and only unit propagation without assumptions is kept up, until
// it meets a false clause. Backward: each lemma that something later needs is checked against what stood
// before it, by propagating from its negation; the clauses on the paths to the conflict, and no other, are
// its hints in the order of the trail, and are needed from then on. Lemmas that nothing needs are skipped and
// never printed.
//
// The assignment T that holds without assumptions only grows in the forward pass, so the state before a step
// is a prefix of its trail, and going back is cutting the trail there. For that to be right, a deletion of a
// clause that is why a literal of T is true is ignored (what solvers mean by it, and drat-trim does). One
// thing is ours: a lemma of one literal that T has already becomes the reason for it, so that later steps
// point to that one lemma rather than repeat how it was derived; going back past it puts the old reason back.

#include "conflict_hints.hpp"
#include "drat_steps.hpp"
#include "logic/proof.hpp"
#include "proof_text.hpp"
#include "unit_propagation.hpp"

namespace attest::logic {
namespace {

class BackwardCheck {
  public:
    BackwardCheck(const Cnf& formula, const std::string& drat_bytes, const base::Limits& limits)
        : limits_(limits),
          problem_(read_drat(formula, drat_bytes, limits)),
          propagation_(problem_.arena, formula.variables),
          conflict_hints_(formula.variables) {}

    std::string run() {
        const ClauseRef conflict = forward();
        justify(0, conflict);
        backward();
        return write();
    }

  private:
    /// A needed lemma (0: the empty clause) with its hints hints_[begin … end).
    struct Justified {
        ClauseRef lemma;
        std::size_t begin, end;
    };
    /// Literal `variable` was true for `reason` before the unit lemma of step `step` took over.
    struct Takeover {
        std::size_t step;
        std::uint32_t variable;
        ClauseRef reason;
    };
    static constexpr ClauseRef last_use_bit = ClauseRef{1} << 31;

    ClauseRef forward();
    ClauseRef add_formula();
    ClauseRef add(ClauseRef ref);
    void backward();
    void check(ClauseRef lemma, std::size_t step);
    void justify(ClauseRef lemma, ClauseRef conflict);
    void look_at_limits(std::size_t step) const;
    std::string write();

    const base::Limits& limits_;
    DratProblem problem_;
    UnitPropagation propagation_;
    std::vector<std::size_t> trail_before_;  ///< size of the trail before step s
    std::vector<Takeover> takeovers_;
    std::vector<Justified> justified_;  ///< the empty clause first, then backwards
    std::vector<ClauseRef> hints_;      ///< the top bit says: not used later in the proof
    ConflictHints conflict_hints_;
};

void BackwardCheck::look_at_limits(std::size_t step) const {
    if (step % 64 == 0 && limits_.exceeded()) throw NoProof{"deadline or interrupt"};
}

ClauseRef BackwardCheck::add_formula() {
    for (const ClauseRef ref : problem_.formula) {
        propagation_.activate(ref);
        if (problem_.arena.size(ref) == 0) return ref;
    }
    for (const ClauseRef ref : problem_.formula) {
        if (problem_.arena.size(ref) != 1) continue;
        const Literal unit = problem_.arena.clause(ref)[0];
        if (propagation_.value(unit) < 0) return ref;
        if (propagation_.value(unit) == 0) propagation_.assign(unit, ref);
    }
    return propagation_.propagate();
}

/// Takes in a lemma; returns a clause that is false now, or 0.
ClauseRef BackwardCheck::add(ClauseRef ref) {
    Literal* literals = problem_.arena.literals(ref);
    const std::uint32_t size = problem_.arena.size(ref);
    std::uint32_t open = 0;  // literals that are not false, moved to the front
    for (std::uint32_t i = 0; i < size && open < 2; ++i)
        if (propagation_.value(literals[i]) >= 0) std::swap(literals[open++], literals[i]);
    propagation_.activate(ref);
    if (open == 0) return ref;
    if (open > 1 || propagation_.value(literals[0]) > 0) return 0;
    propagation_.assign(literals[0], ref);
    return propagation_.propagate();
}

ClauseRef BackwardCheck::forward() {
    if (const ClauseRef conflict = add_formula()) return conflict;
    for (std::size_t s = 0; s < problem_.steps.size(); ++s) {
        look_at_limits(s);
        DratStep& step = problem_.steps[s];
        trail_before_.push_back(propagation_.trail().size());
        if (step.deletes) {
            if (propagation_.is_reason(step.clause)) step.clause = 0;
            else propagation_.deactivate(step.clause);
            continue;
        }
        if (problem_.arena.size(step.clause) == 0)
            throw NoProof{"the empty clause does not follow by unit propagation"};
        if (const ClauseRef conflict = add(step.clause)) return conflict;
        if (problem_.arena.size(step.clause) > 1) continue;
        const std::uint32_t variable = problem_.arena.clause(step.clause)[0] >> 1;
        const ClauseRef reason = propagation_.reason(variable);
        if (problem_.arena.size(reason) == 1) continue;
        takeovers_.push_back({s, variable, reason});
        propagation_.set_reason(variable, step.clause);
    }
    throw NoProof{"the proof ends without the empty clause: cut off, or no refutation"};
}

void BackwardCheck::backward() {
    for (std::size_t s = trail_before_.size(); s-- > 0;) {
        look_at_limits(s);
        const DratStep& step = problem_.steps[s];
        if (step.clause == 0) continue;
        if (step.deletes) {
            propagation_.activate(step.clause);
            continue;
        }
        propagation_.deactivate(step.clause);
        propagation_.shrink(trail_before_[s]);
        if (!takeovers_.empty() && takeovers_.back().step == s) {
            propagation_.set_reason(takeovers_.back().variable, takeovers_.back().reason);
            takeovers_.pop_back();
        }
        if (propagation_.is_core(step.clause)) check(step.clause, s);
    }
}

void BackwardCheck::check(ClauseRef lemma, std::size_t step) {
    const auto literals = problem_.arena.clause(lemma);
    Literal earliest = 0;  // of the literals that hold already
    for (const Literal literal : literals)
        if (propagation_.value(literal) > 0 &&
            (!earliest || propagation_.position(literal >> 1) < propagation_.position(earliest >> 1)))
            earliest = literal;
    if (earliest) return justify(lemma, propagation_.reason(earliest >> 1));
    for (const Literal literal : literals)
        if (propagation_.value(literal) == 0) propagation_.assign(literal ^ 1, 0);
    const ClauseRef conflict = propagation_.propagate();
    if (!conflict)
        throw NoProof{"the lemma of DRAT step " + std::to_string(step + 1) +
                      " does not follow by unit propagation (RAT steps are not supported)"};
    justify(lemma, conflict);
    propagation_.shrink(trail_before_[step]);
}

void BackwardCheck::justify(ClauseRef lemma, ClauseRef conflict) {
    // Hints are held as words and then written as text.
    if (4 * problem_.arena.words() + 12 * hints_.size() > limits_.memory_bytes) throw NoProof{"memory limit"};
    const std::size_t begin = hints_.size();
    const auto literals = lemma ? problem_.arena.clause(lemma) : std::span<const Literal>{};
    for (const ClauseRef ref : conflict_hints_.find(problem_.arena, propagation_, literals, conflict)) {
        hints_.push_back(propagation_.is_core(ref) ? ref : ref | last_use_bit);
        propagation_.mark_core(ref);
    }
    justified_.push_back({lemma, begin, hints_.size()});
}

void append_deletion(std::string& text, std::uint32_t id, std::vector<std::uint32_t>& dead) {
    append(text, id);
    text += "d ";
    for (const std::uint32_t each : dead) append(text, each);
    text += "0\n";
    dead.clear();
}

std::string BackwardCheck::write() {
    constexpr std::size_t many = 64;  // deletions that are worth a line
    ClauseArena& arena = problem_.arena;
    std::string text;
    std::vector<std::uint32_t> dead;
    std::uint32_t id = 0;
    for (const ClauseRef ref : problem_.formula) {
        arena.tag(ref) = ++id;
        if (!propagation_.is_core(ref)) dead.push_back(id);
    }
    for (std::size_t j = justified_.size(); j-- > 0;) {
        const Justified& each = justified_[j];
        if (j > 0 && (dead.size() >= many || (id == problem_.formula.size() && !dead.empty())))
            append_deletion(text, id, dead);
        append(text, ++id);
        if (each.lemma) {
            arena.tag(each.lemma) = id;
            for (const Literal literal : arena.clause(each.lemma)) append(text, to_signed(literal));
        }
        text += "0 ";
        for (std::size_t h = each.begin; h < each.end; ++h) {
            const std::uint32_t hint = arena.tag(hints_[h] & ~last_use_bit);
            append(text, hint);
            if (hints_[h] & last_use_bit) dead.push_back(hint);
        }
        text += "0\n";
    }
    return text;
}

}  // namespace

std::variant<std::string, ProofFailure> drat_to_lrat(const Cnf& formula, const std::string& drat_bytes,
                                                     const base::Limits& limits) {
    try {
        return BackwardCheck(formula, drat_bytes, limits).run();
    } catch (const NoProof& none) {
        return ProofFailure{none.reason};
    }
}

}  // namespace attest::logic
