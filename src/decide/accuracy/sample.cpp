#include <fmt/format.h>

#include <algorithm>

#include "base/random.hpp"
#include "ways.hpp"

namespace attest::accuracy {

namespace {

/// So many words are answered at a time, between two looks at the limits.
constexpr std::uint64_t together = 16;

class Sampler {
  public:
    Sampler(const Question& question, const Options& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          answerer_(question.model, question.length, decide::Order::several),
          random_(options.seed),
          symbols_(decide::alphabet_of(question.model).size()) {}

    /// Adds what is found of the next words; false at a limit.
    bool look(Outcome& outcome) {
        if (options_.progress)
            options_.progress(fmt::format("{} of {} sampled words", outcome.trials, options_.trials));
        const std::vector<language::Word> words = draw(std::min(together, options_.trials - outcome.trials));
        const std::vector<decide::Answer> answers = answerer_.answer_each(words, limits_);
        for (std::size_t k = 0; k < answers.size(); ++k) {
            const auto limit = answers[k].limit ? answers[k].limit : limits_.exceeded();
            if (limit) {
                outcome.why = {verdict::reason_of(*limit),
                               fmt::format("after {} of {} sampled words", outcome.trials, options_.trials)};
                return false;
            }
            ++outcome.trials;
            count(words[k], answers[k], outcome);
        }
        return true;
    }

    /// How many words balls leave open.
    std::uint64_t open() const { return open_; }

  private:
    std::vector<language::Word> draw(std::uint64_t count) {
        std::vector<language::Word> words(count, language::Word(static_cast<std::size_t>(q_.length)));
        for (language::Word& word : words)
            for (language::Symbol& symbol : word) symbol = static_cast<language::Symbol>(random_.below(symbols_));
        return words;
    }

    void count(const language::Word& word, const decide::Answer& answer, Outcome& outcome) {
        if (!answer.accepts) ++open_;
        const auto found = mistake(q_, word, answer);
        if (!found) return;
        ++outcome.found;
        show(outcome.where, *found, options_.shown);
    }

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    decide::Answerer answerer_;
    base::Random random_;
    std::size_t symbols_;
    std::uint64_t open_ = 0;
};

}  // namespace

Outcome count_by_sample(const Question& question, const Options& options, const base::Limits& limits) {
    Outcome outcome;
    outcome.by = By::sample;
    outcome.words = all_words(question);
    outcome.most = outcome.words;
    Sampler sampler(question, options, limits);
    while (outcome.trials < options.trials && sampler.look(outcome)) continue;
    const std::uint64_t open = sampler.open();
    outcome.looked_at = outcome.trials;
    if (outcome.trials == 0) return outcome;
    // What balls leave open may be right or wrong: each end is that of the case that is worse for it.
    const mpq_class half = open == 0 ? options.alpha : mpq_class(options.alpha / 2);
    outcome.interval = measure::Interval{measure::clopper_pearson(outcome.found, outcome.trials, half).lower,
                                         measure::clopper_pearson(outcome.found + open, outcome.trials, half).upper};
    outcome.least = outcome.found > 0 ? 1 : 0;
    return outcome;
}

}  // namespace attest::accuracy
