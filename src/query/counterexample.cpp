#include "decide.hpp"

namespace attest::query {

language::Word translate(const Question& question, const language::Word& word) {
    language::Word meant;
    meant.reserve(word.size());
    for (const language::Symbol a : word) meant.push_back(question.meaning[a]);
    return meant;
}

std::optional<Counterexample> compare(const Question& question, const model::Evaluator& evaluator, const language::Word& word) {
    const bool expected = question.language.contains(translate(question, word));
    const bool actual = evaluator.evaluate(word).accepts;
    if (expected == actual) return std::nullopt;
    return Counterexample{word, expected, actual};
}

Counterexample shrink(const Question& question, const Counterexample& counterexample, const base::Limits& limits) {
    const model::Evaluator evaluator(question.model, question.length);
    Counterexample best = counterexample;
    for (bool improved = true; improved;) {
        improved = false;
        for (language::Symbol& symbol : best.word) {
            if (symbol == 0 || limits.exceeded()) continue;
            language::Word tried = best.word;
            tried[static_cast<std::size_t>(&symbol - best.word.data())] = 0;
            if (const auto still = compare(question, evaluator, tried)) {
                best = *still;
                improved = true;
                break;
            }
        }
    }
    return best;
}

}  // namespace attest::query
