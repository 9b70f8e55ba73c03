#include "attest/decide/accuracy/accuracy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "attest/base/error.hpp"
#include "compile/kinds.hpp"
#include "ways.hpp"

namespace attest::accuracy {

namespace {

constexpr std::uint64_t few_words = 1 << 14;          ///< no circuit is worth its proof
constexpr std::uint64_t few_program_words = 1 << 18;  ///< programs are evaluated by tables
constexpr double most_bytes = 0x1p32;                 ///< of a number; GMP ends the program beyond 2^34

bool has_circuit(const decide::Network& network) {
    const auto* transformer = std::get_if<const network::Transformer*>(&network);
    return transformer != nullptr && compile::has_circuit(**transformer);
}

bool too_large(const Outcome& outcome) {
    return outcome.why.reason == verdict::Reason::memory || outcome.why.reason == verdict::Reason::unsupported;
}

/// How much the number of all words takes, which each way of counting writes down first.
double bytes_of_count(const Question& question) {
    const auto symbols = static_cast<double>(decide::alphabet_of(question.model).size());
    return static_cast<double>(question.length) * std::log2(symbols) / 8;
}

/// Few words one by one; else the circuit, if there is one; then all words; then a sample. Programs, whose words are evaluated
/// fast, by their circuit only where words are too many.
Outcome automatic(const Question& question, const Options& options, const base::Limits& limits) {
    const bool is_program = std::holds_alternative<const network::Program*>(question.model);
    const bool few = all_words(question) <= (is_program ? few_program_words : few_words);
    Outcome outcome;
    if ((is_program || has_circuit(question.model)) && !few) {
        outcome = count_by_circuit(question, options, limits);
        if (!too_large(outcome)) return outcome;
    }
    outcome = count_by_words(question, options, limits);
    if (too_large(outcome) && std::holds_alternative<const network::Program*>(question.model))
        outcome = count_by_circuit(question, options, limits);
    return too_large(outcome) ? count_by_sample(question, options, limits) : outcome;
}

}  // namespace

const char* to_string(By by) {
    switch (by) {
        case By::none: return "";
        case By::words: return "all words";
        case By::counts: return "counts";
        case By::list: return "list";
        case By::diagram: return "decision diagram";
        case By::sample: return "sample";
    }
    return "";
}

bool Question::in_language(const language::Word& word) const {
    language::Word meant;
    meant.reserve(word.size());
    for (const language::Symbol a : word) meant.push_back(meaning[a]);
    return language.contains(meant);
}

verdict::Evidence Outcome::evidence() const {
    if (!is_exact() || (by == By::diagram && !refutation)) return verdict::Evidence::none;
    if (by == By::list || by == By::diagram) return verdict::Evidence::refutation;
    return score.bits > 0 ? verdict::Evidence::enclosure : verdict::Evidence::exhaustion;
}

mpz_class all_words(const Question& question) {
    mpz_class words;
    mpz_ui_pow_ui(words.get_mpz_t(), decide::alphabet_of(question.model).size(),
                  static_cast<unsigned long>(question.length));
    return words;
}

std::optional<Mistake> mistake(const Question& question, const language::Word& word, const decide::Answer& answer) {
    if (!answer.accepts) return std::nullopt;
    const bool expected = question.in_language(word);
    if (expected == *answer.accepts) return std::nullopt;
    return Mistake{word, expected, answer.margin};
}

void show(Where& where, const Mistake& mistake, std::size_t most) {
    if (where.first.size() < most) where.first.push_back(mistake);
    if (!mistake.margin) return;
    if (!where.most_confident || *mistake.margin > *where.most_confident->margin) where.most_confident = mistake;
}

Outcome count_mistakes(const Question& question, const Options& options, const base::Limits& limits) {
    if (!question.language.defined_at(static_cast<std::uint64_t>(question.length)))
        throw base::UsageError(
            fmt::format("{} is not defined for words of length {}", question.language.name(), question.length));
    if (const double bytes = bytes_of_count(question);
        bytes > std::min(most_bytes, static_cast<double>(limits.memory_bytes)))
        throw base::Unsupported(fmt::format("words of length {}, whose number alone takes about {:.0f} MiB",
                                            question.length, bytes / 0x1p20));
    switch (options.method) {
        case Method::exhaustion: return count_by_words(question, options, limits);
        case Method::circuit: return count_by_circuit(question, options, limits);
        case Method::sample: return count_by_sample(question, options, limits);
        case Method::automatic: break;
    }
    return automatic(question, options, limits);
}

}  // namespace attest::accuracy
