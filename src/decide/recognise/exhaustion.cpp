#include <fmt/format.h>

#include <chrono>

#include "attest/base/error.hpp"
#include "decide.hpp"
#include "effort.hpp"

namespace attest::decide {

Outcome decide_by_exhaustion(const language::Alphabet& alphabet, std::int64_t length,
                             const std::function<std::optional<Counterexample>(const language::Word&)>& compare,
                             const ProveOptions& options, const base::Limits& limits, Progress& progress,
                             std::optional<double> patience) {
    const auto words = language::count_words(alphabet, static_cast<std::uint64_t>(length), options.most_words);
    if (!words)
        return {verdict::Undecided{verdict::Reason::memory,
                                   fmt::format("more than {} words of length {}", options.most_words, length)},
                {}};
    const double start = thread_seconds();
    const auto stop = [&](verdict::Reason reason) -> Outcome {
        return {verdict::Undecided{reason, fmt::format("after {} of {} words", progress.words, *words)},
                {.words = progress.words}};
    };
    if (!progress.next) progress.next.emplace(static_cast<std::size_t>(length), 0);
    do {
        if (const auto limit = limits.exceeded()) return stop(verdict::reason_of(*limit));
        if (patience && thread_seconds() - start > *patience) return stop(verdict::Reason::none);
        if (auto difference = compare(*progress.next))
            return {Fails{std::move(*difference), {}}, {.words = progress.words}};
        ++progress.words;
    } while (language::next_word(*progress.next, alphabet));
    return {Holds{Exhaustion{}}, {.words = progress.words}};
}

Outcome prove(const GuhatQuestion& question, const ProveOptions& options, const base::Limits& limits) {
    const auto start = std::chrono::steady_clock::now();
    const network::Guhat& tables = question.guhat;
    if (!question.language.defined_at(static_cast<std::uint64_t>(tables.length)))
        throw base::UsageError(
            fmt::format("{} is not defined for words of length {}", question.language.name(), tables.length));
    if (options.method == Method::circuit || options.method == Method::planes)
        return {verdict::Undecided{verdict::Reason::unsupported,
                                   "tables are decided by evaluating all words, not by a circuit"},
                {}};
    if (options.progress) options.progress("evaluating all words");
    network::GuhatEvaluator evaluator(tables);
    const auto compare = [&](const language::Word& word) -> std::optional<Counterexample> {
        const bool expected = question.language.contains(translate(question.meaning, word));
        const bool actual = evaluator.accepts(word);
        if (expected == actual) return std::nullopt;
        return Counterexample{word, expected, actual};
    };
    Progress progress;
    Outcome outcome = decide_by_exhaustion(tables.alphabet, tables.length, compare, options, limits, progress);
    outcome.statistics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace attest::decide
