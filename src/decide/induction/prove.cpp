#include <fmt/format.h>

#include <chrono>

#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/network/evaluate.hpp"
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

Outcome prove_by(const Question& q, const base::Limits& limits,
                 const std::function<void(const std::string&)>& progress) {
    const language::Dfa automaton = automaton_of(q.language);
    return with_machine(q.model, [&](const std::unique_ptr<Machine>& machine, const Parameters& p) {
        if (progress)
            progress(fmt::format("a machine that tells {} phases and a window of {} apart", p.phases(), p.window));
        return decided(q, p, search(*machine, {q.model, automaton, q.meaning, q.from}, limits));
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
