#include <fmt/format.h>

#include "decide.hpp"

namespace attest::query {

Outcome decide_by_exhaustion(const Question& question, const ProveOptions& options, const base::Limits& limits) {
    Outcome outcome;
    const auto words = language::count_words(question.model.alphabet, static_cast<std::uint64_t>(question.length), options.most_words);
    if (!words) {
        outcome.why = {verdict::Reason::memory, fmt::format("more than {} words of length {}", options.most_words, question.length)};
        return outcome;
    }
    const model::Evaluator evaluator(question.model, question.length);
    language::Word word(static_cast<std::size_t>(question.length), 0);
    do {
        if (const auto limit = limits.exceeded()) {
            outcome.why = {verdict::reason_of(*limit), fmt::format("after {} of {} words", outcome.words, *words)};
            return outcome;
        }
        if (auto difference = compare(question, evaluator, word)) {
            outcome.answer = verdict::Answer::fails;
            outcome.evidence = verdict::Evidence::witness;
            outcome.counterexample = std::move(difference);
            return outcome;
        }
        ++outcome.words;
    } while (language::next_word(word, question.model.alphabet));
    outcome.answer = verdict::Answer::holds;
    outcome.evidence = verdict::Evidence::exhaustion;
    return outcome;
}

}  // namespace attest::query
