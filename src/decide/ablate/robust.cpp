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
    Moves(const network::Transformer& model, std::int64_t length, Expected expected, const Rational& reach,
          const decide::ProveOptions& options, const base::Limits& limits)
        : model_(model),
          length_(length),
          expected_(std::move(expected)),
          reach_(reach),
          options_(options),
          limits_(limits),
          together_(&model, length, decide::Order::lexicographic),
          alone_(&model, length) {}

    decide::Outcome run() {
        const auto words =
            language::count_words(model_.alphabet, static_cast<std::uint64_t>(length_), options_.most_words);
        if (!words)
            return {verdict::Undecided{verdict::Reason::unsupported,
                                       fmt::format("more than {} words of length {}", options_.most_words, length_)},
                    {}};
        Word word(static_cast<std::size_t>(length_), 0);
        while (look(word, *words) && language::next_word(word, model_.alphabet)) continue;
        return finish();
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    /// False: nothing more is to be done.
    bool look(const Word& word, std::uint64_t words) {
        if (statistics_.words % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words, moved", statistics_.words, words));
        if (const auto limit = limits_.exceeded()) return stop(*limit, words);
        const auto wanted = expected_(word);
        if (!wanted) {
            why_ = {verdict::Reason::imprecise,
                    fmt::format("it is not certain what is to be answered on \"{}\"", model_.alphabet.spell(word))};
            return false;
        }
        decide::Answer answer = together_.answer(word, limits_);
        if (!answer.limit && !keeps(answer, *wanted)) answer = alone_.answer(word, limits_);
        if (answer.limit) return stop(*answer.limit, words);
        ++statistics_.words;
        if (!keeps(answer, *wanted)) return give_up(answer, word, *wanted);
        note(answer);
        return true;
    }

    bool keeps(const decide::Answer& answer, bool wanted) const {
        return answer.accepts && *answer.accepts == wanted && *answer.margin * *answer.margin > reach_;
    }

    /// Whether the score is certainly on the wrong side, or can be brought to 0.
    bool crosses(const decide::Answer& answer, bool wanted) const {
        if (answer.accepts && *answer.accepts != wanted) return true;
        const Rational size =
            answer.score ? Rational(std::max(abs(answer.score->lower()), abs(answer.score->upper()))) : *answer.margin;
        return size * size <= reach_;
    }

    bool give_up(const decide::Answer& answer, const Word& word, bool wanted) {
        if (crosses(answer, wanted)) {
            wrong_ = decide::Counterexample{word, wanted, !wanted};
        } else {
            why_ = {verdict::Reason::imprecise, fmt::format("{} bits do not tell how far the score on \"{}\" is from 0",
                                                            answer.bits, model_.alphabet.spell(word))};
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

    const network::Transformer& model_;
    std::int64_t length_;
    Expected expected_;
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

decide::Outcome answers_robustly(const network::Transformer& model, std::int64_t length, const Expected& expected,
                                 const Rational& radius, const decide::ProveOptions& options,
                                 const base::Limits& limits) {
    const auto square = square_of_weight(model);
    if (!square)
        throw base::Unsupported("a vector that moves is for readouts with one score: without classes, or with two");
    return Moves(model, length, expected, radius * radius * *square, options, limits).run();
}

decide::Outcome recognises_robustly(const decide::Question& question, const Rational& radius,
                                    const decide::ProveOptions& options, const base::Limits& limits) {
    const auto expected = [&](const Word& word) -> std::optional<bool> {
        Word meant;
        for (const language::Symbol a : word) meant.push_back(question.meaning[a]);
        return question.language.contains(meant);
    };
    return answers_robustly(question.model, question.length, expected, radius, options, limits);
}

}  // namespace attest::ablate
