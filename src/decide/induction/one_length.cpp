#include "decide/induction/one_length.hpp"

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "parameters.hpp"
#include "product.hpp"

// One length by the machine of all: what holds at every length holds there.

namespace attest::induction {

namespace {

OneLength decided_at_length(const decide::Question& q, Machine& machine, const Parameters& p, std::uint64_t most,
                            const base::Limits& limits) {
    const language::Dfa automaton = automaton_of(q.language);
    const Search found = search(machine, {q.model, automaton, q.meaning, q.length == 0 ? 0 : 1, most}, limits);
    if (found.stopped) return std::nullopt;
    if (!found.difference) return Closure{found.pairs, p.first, p.period, p.window};
    if (static_cast<std::int64_t>(found.difference->word.size()) != q.length) return std::nullopt;
    decide::Counterexample c = *found.difference;
    const bool again = network::Evaluator(q.model, q.length).evaluate(c.word).accepts;
    if (again != c.actual)
        throw base::InternalError("the sequential machine and the evaluator disagree on \"" +
                                  q.model.alphabet.spell(c.word) + "\": please report this");
    return c;
}

}  // namespace

OneLength prove_at_length(const decide::Question& question, std::uint64_t most, const base::Limits& limits) {
    try {
        return with_machine(question.model, [&](const std::unique_ptr<Machine>& machine, const Parameters& p) {
            return decided_at_length(question, *machine, p, most, limits);
        });
    } catch (const base::Unsupported&) {
        return std::nullopt;
    }
}

}  // namespace attest::induction
