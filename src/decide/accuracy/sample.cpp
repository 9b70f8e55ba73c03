#include <fmt/format.h>

#include "base/random.hpp"
#include "ways.hpp"

namespace attest::accuracy {

Outcome count_by_sample(const Question& question, const Options& options, const base::Limits& limits) {
    Outcome outcome;
    outcome.by = By::sample;
    outcome.words = all_words(question);
    outcome.most = outcome.words;
    decide::Answerer answerer(question.model, question.length);
    base::Random random(options.seed);
    const std::size_t symbols = decide::alphabet_of(question.model).size();
    std::uint64_t open = 0;
    language::Word word(static_cast<std::size_t>(question.length));
    for (; outcome.trials < options.trials; ++outcome.trials) {
        if (outcome.trials % 64 == 0 && options.progress)
            options.progress(fmt::format("{} of {} sampled words", outcome.trials, options.trials));
        for (language::Symbol& symbol : word) symbol = static_cast<language::Symbol>(random.below(symbols));
        const decide::Answer answer = answerer.answer(word, limits);
        if (answer.limit || limits.exceeded()) {
            const auto limit = limits.exceeded();
            outcome.why = {verdict::reason_of(answer.limit ? *answer.limit : *limit),
                           fmt::format("after {} of {} sampled words", outcome.trials, options.trials)};
            break;
        }
        if (!answer.accepts) ++open;
        const auto found = mistake(question, word, answer);
        if (!found) continue;
        ++outcome.found;
        show(outcome.where, *found, options.shown);
    }
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
