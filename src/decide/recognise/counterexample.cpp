#include "decide.hpp"

namespace attest::decide {

language::Word translate(const std::vector<language::Symbol>& meaning, const language::Word& word) {
    language::Word meant;
    meant.reserve(word.size());
    for (const language::Symbol a : word) meant.push_back(meaning[a]);
    return meant;
}

std::optional<Counterexample> compare(const Question& question, const network::Evaluator& evaluator,
                                      const language::Word& word) {
    const bool expected = question.language.contains(translate(question.meaning, word));
    const bool actual = evaluator.evaluate(word).accepts;
    if (expected == actual) return std::nullopt;
    return Counterexample{word, expected, actual};
}

namespace {

/// Words that differ from the base in one or two symbols are few: the nearest counterexample, if it is among them.
std::optional<Counterexample> nearest(const Question& question, const network::Evaluator& evaluator,
                                      const base::Limits& limits) {
    constexpr std::uint64_t cheap = 2000;  // evaluations
    const auto length = static_cast<std::uint64_t>(question.length);
    const std::uint64_t others = question.model.alphabet.size() - 1;
    language::Word word(length, 0);
    if (auto found = compare(question, evaluator, word)) return found;
    const auto change = [&](std::uint64_t from, auto&& next) -> std::optional<Counterexample> {
        for (std::uint64_t i = from; i < length; ++i) {
            for (language::Symbol a = 1; a <= others && !limits.exceeded(); ++a) {
                word[i] = a;
                if (auto found = next(i + 1)) return found;
            }
            word[i] = 0;
        }
        return std::nullopt;
    };
    const auto here = [&](std::uint64_t) { return compare(question, evaluator, word); };
    if (length * others > cheap) return std::nullopt;
    if (auto found = change(0, here)) return found;
    if (length * length * others * others > 2 * cheap) return std::nullopt;
    return change(0, [&](std::uint64_t after) { return change(after, here); });
}

}  // namespace

Counterexample shrink(const Question& question, const Counterexample& counterexample, const base::Limits& limits) {
    const network::Evaluator evaluator(question.model, question.length);
    if (auto near = nearest(question, evaluator, limits)) return *near;
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

}  // namespace attest::decide
