#include <fmt/format.h>

#include "attest/decide/recognise/exchange.hpp"
#include "attest/soft/blowup.hpp"
#include "attest/soft/judge.hpp"
#include "decide.hpp"

// Softmax models: no circuit, no solver. Each word is evaluated in balls until its sign is certain; a word whose sign
// no precision shows leaves the question open, unless another word is a counterexample. Where model and language count
// the symbols only, one word stands for all with its counts.

namespace attest::decide {

namespace {

class Enclosing {
  public:
    Enclosing(const Question& question, const ProveOptions& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits), judge_(question.model, question.length) {}

    Outcome decide() {
        const std::size_t symbols = q_.model.alphabet.size();
        const auto words =
            language::count_words(q_.model.alphabet, static_cast<std::uint64_t>(q_.length), options_.most_words);
        soft::Classes classes = soft::find_classes(q_.model, q_.length);
        const auto choices = soft::count_fillings(classes, symbols, options_.most_words);
        if (choices && (!words || *choices < *words)) {
            const bool all = is_by_counts(q_, classes);
            if (all || !words) {
                by_counts(classes, *choices);
                if (all || fails_ || why_.reason != verdict::Reason::none) return finish(std::move(classes));
            }
        }
        if (!words) {
            why_ = {verdict::Reason::memory,
                    fmt::format("more than {} words of length {}", options_.most_words, q_.length)};
            return finish({});
        }
        by_words(*words);
        return finish({});
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    void by_words(std::uint64_t words) {
        language::Word word(static_cast<std::size_t>(q_.length), 0);
        while (look(word, 1, words) && language::next_word(word, q_.model.alphabet)) continue;
    }

    void by_counts(const soft::Classes& classes, std::uint64_t choices) {
        soft::for_each_filling(
            classes, q_.model.alphabet.size(), q_.length,
            [&](const language::Word& word, const mpz_class& ways) { return look(word, ways, choices); });
    }

    Outcome finish(soft::Classes classes) {
        if (fails_) return {std::move(*fails_), statistics_};
        if (why_.reason != verdict::Reason::none) return {std::move(why_), statistics_};
        enclosure_.classes = std::move(classes);
        mpz_class all;
        mpz_ui_pow_ui(all.get_mpz_t(), q_.model.alphabet.size(), static_cast<unsigned long>(q_.length));
        enclosure_.cross_entropy /= exact::Ball(exact::Rational(all), enclosure_.bits);
        return {Holds{std::move(enclosure_)}, statistics_};
    }

    /// One word that stands for `ways`, the next of so many. False: nothing more is to be done.
    bool look(const language::Word& word, const mpz_class& ways, std::uint64_t words) {
        if (statistics_.words % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words in balls", statistics_.words, words));
        const soft::Judgement judged = judge_.judge(word, limits_);
        if (judged.limit) {
            why_ = {verdict::reason_of(*judged.limit), fmt::format("after {} of {} words", statistics_.words, words)};
            return false;
        }
        ++statistics_.words;
        if (!judged.accepts) {
            if (why_.reason == verdict::Reason::none)
                why_ = {verdict::Reason::imprecise, fmt::format("{} bits do not tell the score on \"{}\" from 0",
                                                                judged.bits, q_.model.alphabet.spell(word))};
            return true;
        }
        const bool expected = q_.language.contains(translate(q_.meaning, word));
        if (expected != *judged.accepts) {
            fail(word, judged);
            return false;
        }
        const exact::Rational size = least_size(judged.score);
        if (enclosure_.bits == 0 || size < enclosure_.margin) {
            enclosure_.margin = size;
            enclosure_.nearest = word;
            enclosure_.score = judged.score;
        }
        enclosure_.bits = std::max(enclosure_.bits, judged.bits);
        enclosure_.cross_entropy +=
            exact::Ball(exact::Rational(ways), judged.bits) * soft::cross_entropy(judged.score, expected);
        return true;
    }

    void fail(const language::Word& word, const soft::Judgement& judged) {
        fails_ = Fails{{word, !*judged.accepts, *judged.accepts},
                       EnclosedScore{judged.bits, least_size(judged.score), word, judged.score}};
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
    Enclosure enclosure_;
    Statistics statistics_;
    verdict::Undecided why_;  // for the first word that leaves the question open
    std::optional<Fails> fails_;
};

}  // namespace

std::string margin_text(const EnclosedScore& score) {
    if (score.margin == 0) return "0";
    const exact::Rational below = score.margin - score.margin / (1L << 40);
    return exact::Ball(below, score.bits).lower_text(6);
}

Outcome decide_by_enclosure(const Question& question, const ProveOptions& options, const base::Limits& limits) {
    return Enclosing(question, options, limits).decide();
}

}  // namespace attest::decide
