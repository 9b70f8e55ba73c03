#include <fmt/format.h>

#include "attest/soft/judge.hpp"
#include "decide.hpp"

// Softmax models: no circuit, no solver. Each word is evaluated in balls until its sign is certain; a word whose sign
// no precision shows leaves the question open, unless another word is a counterexample.

namespace attest::query {

namespace {

class Enclosing {
  public:
    Enclosing(const Question& question, const ProveOptions& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits), judge_(question.model, question.length) {}

    Outcome decide() {
        const auto words = language::count_words(q_.model.alphabet, static_cast<std::uint64_t>(q_.length), options_.most_words);
        if (!words) {
            outcome_.why = {verdict::Reason::memory, fmt::format("more than {} words of length {}", options_.most_words, q_.length)};
            return std::move(outcome_);
        }
        Enclosure enclosure;
        language::Word word(static_cast<std::size_t>(q_.length), 0);
        do {
            if (outcome_.words % told_every == 0 && options_.progress) options_.progress(fmt::format("{} of {} words in balls", outcome_.words, *words));
            if (!look(word, *words, enclosure)) return std::move(outcome_);
            ++outcome_.words;
        } while (language::next_word(word, q_.model.alphabet));
        if (outcome_.why.reason != verdict::Reason::none) return std::move(outcome_);
        outcome_.answer = verdict::Answer::holds;
        outcome_.evidence = verdict::Evidence::enclosure;
        outcome_.enclosure = std::move(enclosure);
        return std::move(outcome_);
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    /// False: nothing more is to be done.
    bool look(const language::Word& word, std::uint64_t words, Enclosure& enclosure) {
        const soft::Judgement judged = judge_.judge(word, limits_);
        if (judged.limit) {
            outcome_.why = {verdict::reason_of(*judged.limit), fmt::format("after {} of {} words", outcome_.words, words)};
            return false;
        }
        if (!judged.accepts) {
            if (outcome_.why.reason == verdict::Reason::none)
                outcome_.why = {verdict::Reason::imprecise, fmt::format("{} bits do not tell the score on \"{}\" from 0", judged.bits, q_.model.alphabet.spell(word))};
            return true;
        }
        const bool expected = q_.language.contains(translate(q_.meaning, word));
        if (expected != *judged.accepts) {
            outcome_.answer = verdict::Answer::fails;
            outcome_.evidence = verdict::Evidence::witness;
            outcome_.why = {};
            outcome_.counterexample = Counterexample{word, expected, *judged.accepts};
            outcome_.enclosure = Enclosure{judged.bits, least_size(judged.score), word};
            return false;
        }
        const exact::Rational size = least_size(judged.score);
        if (outcome_.words == 0 || size < enclosure.margin) {
            enclosure.margin = size;
            enclosure.nearest = word;
        }
        enclosure.bits = std::max(enclosure.bits, judged.bits);
        return true;
    }

    /// How far from 0 the score is at least.
    static exact::Rational least_size(const exact::Ball& score) {
        switch (score.sign()) {
            case exact::Sign::positive: return score.lower();
            case exact::Sign::negative: return -score.upper();
            default: return 0;
        }
    }

    const Question& q_;
    const ProveOptions& options_;
    const base::Limits& limits_;
    soft::Judge judge_;
    Outcome outcome_;
};

}  // namespace

std::string margin_text(const Enclosure& enclosure) {
    if (enclosure.margin == 0) return "0";
    const exact::Rational below = enclosure.margin - enclosure.margin / (1L << 40);
    return exact::Ball(below, enclosure.bits).lower_text(6);
}

Outcome decide_by_enclosure(const Question& question, const ProveOptions& options, const base::Limits& limits) {
    return Enclosing(question, options, limits).decide();
}

}  // namespace attest::query
