#include "decide/ablate/robust.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "attest/base/error.hpp"
#include "attest/decide/answer/answerer.hpp"

// A vector v of length at most R moves the score by w v, at most R |w|, and by that much if it points along w. So a score
// stays on its side iff its square is greater than R² |w|².

namespace attest::ablate {

namespace {

using exact::Rational;
using language::Word;

class Moves {
  public:
    Moves(const decide::Question& question, const Rational& reach, const decide::ProveOptions& options,
          const base::Limits& limits)
        : q_(question),
          reach_(reach),
          options_(options),
          limits_(limits),
          together_(&question.model, question.length, decide::Order::lexicographic),
          alone_(&question.model, question.length) {}

    decide::Outcome run() {
        const auto words =
            language::count_words(q_.model.alphabet, static_cast<std::uint64_t>(q_.length), options_.most_words);
        if (!words)
            return {verdict::Undecided{verdict::Reason::unsupported,
                                       fmt::format("more than {} words of length {}", options_.most_words, q_.length)},
                    {}};
        Word word(static_cast<std::size_t>(q_.length), 0);
        while (look(word, *words) && language::next_word(word, q_.model.alphabet)) continue;
        return finish();
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    /// False: nothing more is to be done.
    bool look(const Word& word, std::uint64_t words) {
        if (statistics_.words % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words, moved", statistics_.words, words));
        if (const auto limit = limits_.exceeded()) return stop(*limit, words);
        decide::Answer answer = together_.answer(word, limits_);
        if (!answer.limit && !keeps(answer, word)) answer = alone_.answer(word, limits_);
        if (answer.limit) return stop(*answer.limit, words);
        ++statistics_.words;
        if (!keeps(answer, word)) return give_up(answer, word);
        note(answer);
        return true;
    }

    bool expected(const Word& word) const {
        Word meant;
        for (const language::Symbol a : word) meant.push_back(q_.meaning[a]);
        return q_.language.contains(meant);
    }

    bool keeps(const decide::Answer& answer, const Word& word) const {
        return answer.accepts && *answer.accepts == expected(word) && *answer.margin * *answer.margin > reach_;
    }

    /// Whether the score is certainly on the wrong side, or can be brought to 0.
    bool crosses(const decide::Answer& answer, const Word& word) const {
        if (answer.accepts && *answer.accepts != expected(word)) return true;
        const Rational size =
            answer.score ? Rational(std::max(abs(answer.score->lower()), abs(answer.score->upper()))) : *answer.margin;
        return size * size <= reach_;
    }

    bool give_up(const decide::Answer& answer, const Word& word) {
        if (crosses(answer, word)) {
            const bool wanted = expected(word);
            wrong_ = decide::Counterexample{word, wanted, !wanted};
        } else {
            why_ = {verdict::Reason::imprecise, fmt::format("{} bits do not tell how far the score on \"{}\" is from 0",
                                                            answer.bits, q_.model.alphabet.spell(word))};
        }
        return false;
    }

    void note(const decide::Answer& answer) {
        if (!answer.score) return;
        if (score_.bits == 0 || *answer.margin < score_.margin) score_.margin = *answer.margin;
        score_.bits = std::max(score_.bits, answer.bits);
    }

    bool stop(base::Limit limit, std::uint64_t words) {
        why_ = {verdict::reason_of(limit), fmt::format("after {} of {} words", statistics_.words, words)};
        return false;
    }

    decide::Outcome finish() {
        if (wrong_) return {decide::Fails{std::move(*wrong_), {}}, statistics_};
        if (why_.reason != verdict::Reason::none) return {std::move(why_), statistics_};
        if (score_.bits == 0) return {decide::Holds{decide::Exhaustion{}}, statistics_};
        decide::Enclosure enclosure;
        enclosure.margin = score_.margin;
        enclosure.bits = score_.bits;
        return {decide::Holds{std::move(enclosure)}, statistics_};
    }

    const decide::Question& q_;
    const Rational reach_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    decide::Answerer together_, alone_;
    decide::EnclosedScore score_;
    decide::Statistics statistics_;
    verdict::Undecided why_;
    std::optional<decide::Counterexample> wrong_;
};

}  // namespace

std::optional<Rational> square_of_weight(const network::Transformer& transformer) {
    const network::Readout& readout = transformer.readout;
    exact::Vector weight = readout.weight;
    if (readout.classes) {
        if (readout.classes->names.size() != 2 || !readout.decides()) return std::nullopt;
        weight = exact::dense_row(readout.classes->logits.weight, 0);
        const exact::Vector other = exact::dense_row(readout.classes->logits.weight, 1);
        for (std::size_t c = 0; c < weight.size(); ++c) weight[c] -= other[c];
    }
    Rational square;
    for (const Rational& w : weight) square += w * w;
    return square;
}

std::optional<double> robust_radius(const network::Transformer& model, const Rational& margin) {
    if (model.final_norm || model.readout.reading != network::Readout::Reading::one) return std::nullopt;
    const auto square = square_of_weight(model);
    if (!square || *square == 0) return std::nullopt;
    const double radius = std::sqrt(Rational(margin * margin / *square).get_d());
    return std::max(0.0, radius * (1 - 1e-12));
}

decide::Outcome recognises_robustly(const decide::Question& question, const Rational& radius,
                                    const decide::ProveOptions& options, const base::Limits& limits) {
    const auto square = square_of_weight(question.model);
    if (!square)
        throw base::Unsupported("a vector that moves is for readouts with one score: without classes, or with two");
    return Moves(question, radius * radius * *square, options, limits).run();
}

}  // namespace attest::ablate
