#include <fmt/format.h>

#include <chrono>

#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/network/evaluate.hpp"
#include "invariant.hpp"
#include "parameters.hpp"
#include "product.hpp"
#include "step_files.hpp"

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

/// By the invariant that a chain is; nothing if there is none, or no circuit of a step.
std::optional<Invariant> by_invariant(const Question& q, const language::Dfa& automaton, const Parameters& p,
                                      const base::Limits& limits) try {
    if (p.window > 0) return std::nullopt;
    Machine machine(q.model, p);
    StepCircuit step = StepMachine(machine).make(automaton, q.meaning);
    Invariant result{p.first, p.period, step.latches(), step.circuit().gate_count(), 0, machine_json(step), {}, {}, {}};
    const std::optional<Chain> chain = closed_chain(step, automaton, q.meaning, limits);
    if (!chain) return std::nullopt;
    const ChainInvariant invariant = invariant_of(*chain, step);
    result.conjuncts = invariant.says.conjuncts.size();
    result.conjunction = invariant_json(invariant.says);
    const Instances instances = place(invariant.says, step);
    result.formula = formula_of(step, instances, q.model.alphabet.size());
    auto proof = refute(*chain, invariant, step, instances, result.formula, limits);
    if (!proof || !holds_at_first(invariant.says, step)) return std::nullopt;
    result.proof = std::move(*proof);
    return result;
} catch (const base::Unsupported&) {
    return std::nullopt;
}

/// Pairs of states that are looked at before an invariant is looked for.
constexpr std::size_t few_pairs = 1024;

Outcome decide_by(const Question& q, const language::Dfa& automaton, Machine& machine, const Parameters& p,
                  const base::Limits& limits, const std::function<void(const std::string&)>& progress) {
    const auto searched = [&](std::size_t most) {
        return decided(q, p, search(machine, {q.model, automaton, q.meaning, q.from, most}, limits));
    };
    if (q.way == Way::closure) return searched(most_states);
    if (q.way == Way::automatic) {
        Outcome few = searched(few_pairs);
        if (!few.undecided() || limits.exceeded()) return few;
    }
    if (progress) progress("looking for an invariant");
    if (auto found = by_invariant(q, automaton, p, limits)) {
        // On the empty word the evaluator is asked, as the checker does.
        if (q.from == 1 || network::Evaluator(q.model, 0).evaluate({}).accepts == automaton.accepting[automaton.start])
            return {std::move(*found), 0};
    }
    if (q.way == Way::automatic) return searched(most_states);
    const auto limit = limits.exceeded();
    return {
        verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported, "no invariant was found"},
        0};
}

Outcome prove_by(const Question& q, const base::Limits& limits,
                 const std::function<void(const std::string&)>& progress) {
    const language::Dfa automaton = automaton_of(q.language);
    return with_machine(q.model, [&](const std::unique_ptr<Machine>& machine, const Parameters& p) {
        if (progress)
            progress(fmt::format("a machine that tells {} phases and a window of {} apart", p.phases(), p.window));
        return decide_by(q, automaton, *machine, p, limits, progress);
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
