#include <fmt/format.h>

#include <chrono>

#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/network/evaluate.hpp"
#include "by_invariant.hpp"
#include "invariant.hpp"
#include "parameters.hpp"
#include "product.hpp"

namespace attest::induction {

namespace {

/// The answers again, by definition.
decide::Counterexample replayed(const Question& q, const decide::Counterexample& found) {
    const network::Evaluator evaluator(q.model, static_cast<std::int64_t>(found.word.size()));
    language::Word meant;
    for (const language::Symbol a : found.word) meant.push_back(q.meaning[a]);
    const decide::Counterexample again{found.word, q.language.contains(meant), evaluator.evaluate(found.word).accepts};
    if (again.actual != found.actual || again.expected != found.expected)
        throw base::InternalError("the sequential machine and the evaluator disagree on \"" +
                                  q.model.alphabet.spell(found.word) + "\": please report this");
    return again;
}

Outcome decided(const Question& q, const Parameters& p, Search found) {
    if (found.stopped) return {std::move(*found.stopped), 0};
    if (found.difference) return {replayed(q, *found.difference), 0};
    return {Closure{found.pairs, p.first, p.period, p.window}, 0};
}

/// Pairs of states that are looked at before an invariant is looked for.
constexpr std::size_t few_pairs = std::size_t{1} << 14;
/// Calls of a solver before all pairs of states are looked at.
constexpr std::size_t few_queries = 20'000;

/// The ways to decide it with one machine, in turn.
class Decision {
  public:
    Decision(const Question& q, const language::Dfa& automaton, Machine& machine, const Parameters& p,
             const base::Limits& limits, const std::function<void(const std::string&)>& progress)
        : q_(q), automaton_(automaton), machine_(machine), p_(p), limits_(limits), progress_(progress) {}

    Outcome run() {
        if (q_.proposal != nullptr) return proposed();
        if (q_.way == Way::closure) return searched(most_states);
        if (q_.way == Way::automatic) {
            Outcome few = searched(few_pairs);
            if (!few.undecided() || limits_.exceeded()) return few;
        }
        if (auto outcome = by_steps()) return std::move(*outcome);
        if (q_.way == Way::automatic) {
            Outcome all = searched(most_states);
            if (!all.undecided() || limits_.exceeded() || !steps_) return all;
        }
        if (steps_ && !limits_.exceeded()) {
            tell("looking for an invariant by reachability");
            if (auto outcome = outcome_of(steps_->by_reachability({}, limits_))) return std::move(*outcome);
        }
        return none_found();
    }

  private:
    void tell(const std::string& what) const {
        if (progress_) progress_(what);
    }
    Outcome searched(std::size_t most) {
        return decided(q_, p_, search(machine_, {q_.model, automaton_, q_.meaning, q_.from, most}, limits_));
    }
    Outcome none_found() const {
        const auto limit = limits_.exceeded();
        return {verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported,
                                   "no invariant was found"},
                0};
    }

    Outcome proposed() {
        InvariantSearch search(q_.model, p_, automaton_, q_.meaning);
        tell("seeing what holds of what is proposed");
        auto outcome = outcome_of(search.by_proposal(*q_.proposal, q_.from, limits_));
        return outcome ? std::move(*outcome) : none_found();
    }

    /// By invariants, as long as that is quick. What it says of no circuit is left in `steps_`.
    std::optional<Outcome> by_steps() try {
        steps_.emplace(q_.model, p_, automaton_, q_.meaning);
        tell("looking for an invariant");
        if (auto outcome = outcome_of(steps_->by_chain(limits_))) return outcome;
        if (limits_.exceeded()) return std::nullopt;
        tell("looking for an invariant by k-induction");
        if (auto outcome = outcome_of(steps_->by_k_induction(limits_))) return outcome;
        if (q_.way != Way::automatic || limits_.exceeded()) return std::nullopt;
        tell("looking for an invariant by reachability");
        return outcome_of(steps_->by_reachability({few_queries}, limits_));
    } catch (const base::Unsupported&) {
        if (q_.way == Way::invariant) throw;  // a machine that remembers more may do
        steps_.reset();
        return std::nullopt;
    }

    std::optional<Outcome> outcome_of(std::optional<Invariant> found) {
        return found ? outcome_of(StepAnswer(std::move(*found))) : std::nullopt;
    }
    /// On the empty word the evaluator is asked, as the checker does: no step reads it.
    std::optional<Outcome> outcome_of(StepAnswer found) {
        if (std::holds_alternative<std::monostate>(found)) return std::nullopt;
        const bool at_first = automaton_.accepting[automaton_.start];
        if (q_.from == 0 && network::Evaluator(q_.model, 0).evaluate({}).accepts != at_first)
            return Outcome{replayed(q_, {{}, at_first, !at_first}), 0};
        if (const auto* word = std::get_if<language::Word>(&found)) {
            std::vector<language::Symbol> meant;
            for (const language::Symbol a : *word) meant.push_back(q_.meaning[a]);
            const bool expected = automaton_.accepts(meant);
            return Outcome{replayed(q_, {*word, expected, !expected}), 0};
        }
        return Outcome{std::move(std::get<Invariant>(found)), 0};
    }

    const Question& q_;
    const language::Dfa& automaton_;
    Machine& machine_;
    const Parameters& p_;
    const base::Limits& limits_;
    const std::function<void(const std::string&)>& progress_;
    std::optional<InvariantSearch> steps_;
};

Outcome prove_by(const Question& q, const base::Limits& limits,
                 const std::function<void(const std::string&)>& progress) {
    const language::Dfa automaton = automaton_of(q.language);
    return with_machine(q.model, [&](const std::unique_ptr<Machine>& machine, const Parameters& p) {
        if (progress)
            progress(fmt::format("a machine that tells {} phases and a window of {} apart", p.phases(), p.window));
        return Decision(q, automaton, *machine, p, limits, progress).run();
    });
}

}  // namespace

std::int64_t least_length(const network::Transformer& model) { return model.begin || model.end ? 0 : 1; }

Outcome prove(const Question& question, const base::Limits& limits,
              const std::function<void(const std::string&)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    if (question.from < least_length(question.model))
        throw base::UsageError(
            "--length: expected 1.., since the model has no begin and no end symbol and so says nothing of the empty "
            "word");
    Outcome outcome = prove_by(question, limits, progress);
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace attest::induction
