#include "attest/decide/ablate/invariant.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/decide/answer/answerer.hpp"

// All words in order. The answer to each is held against that to the word which has the first symbol at all the positions:
// this one comes before it, and its answer is kept, a bit a word.

namespace attest::ablate {

namespace {

using language::Word;

class Changes {
  public:
    Changes(const network::Transformer& transformer, std::int64_t length, const std::vector<std::int64_t>& positions,
            const decide::ProveOptions& options, const base::Limits& limits)
        : t_(transformer),
          length_(length),
          positions_(positions),
          options_(options),
          limits_(limits),
          answerer_(&transformer, length, decide::Order::lexicographic) {}

    std::variant<Invariant, Change, verdict::Undecided> find() {
        const auto words = language::count_words(t_.alphabet, static_cast<std::uint64_t>(length_), options_.most_words);
        if (!words)
            return verdict::Undecided{verdict::Reason::unsupported,
                                      fmt::format("more than {} words of length {}", options_.most_words, length_)};
        accepted_.assign(*words, false);
        Word word(static_cast<std::size_t>(length_), 0);
        while (look(word, *words) && language::next_word(word, t_.alphabet)) continue;
        if (change_) return std::move(*change_);
        if (why_.reason != verdict::Reason::none) return std::move(why_);
        return std::move(found_);
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    /// False: nothing more is to be done.
    bool look(const Word& word, std::uint64_t words) {
        if (found_.words % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words, their changes", found_.words, words));
        const auto limit = limits_.exceeded();
        if (limit) return stop({verdict::reason_of(*limit), fmt::format("after {} of {} words", found_.words, words)});
        const decide::Answer answer = answerer_.answer(word, limits_);
        if (answer.limit) return stop({verdict::reason_of(*answer.limit), fmt::format("after {} words", found_.words)});
        if (!answer.accepts)
            return stop({verdict::Reason::imprecise, fmt::format("{} bits do not tell the score on \"{}\" from 0",
                                                                 answer.bits, t_.alphabet.spell(word))});
        accepted_[found_.words++] = *answer.accepts;
        note(answer);
        const Word first = first_of(word);
        if (accepted_[number(first)] == *answer.accepts) return true;
        change_ = Change{first, word, !*answer.accepts};
        return false;
    }

    bool stop(verdict::Undecided why) {
        why_ = std::move(why);
        return false;
    }

    void note(const decide::Answer& answer) {
        if (!answer.score) return;
        if (found_.score.bits == 0 || *answer.margin < found_.score.margin) found_.score.margin = *answer.margin;
        found_.score.bits = std::max(found_.score.bits, answer.bits);
    }

    Word first_of(Word word) const {
        for (const std::int64_t p : positions_) word[static_cast<std::size_t>(p - 1)] = 0;
        return word;
    }

    std::size_t number(const Word& word) const {
        std::size_t index = 0;
        for (const language::Symbol symbol : word) index = index * t_.alphabet.size() + symbol;
        return index;
    }

    const network::Transformer& t_;
    std::int64_t length_;
    const std::vector<std::int64_t>& positions_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    decide::Answerer answerer_;
    std::vector<bool> accepted_;  ///< by number of the word
    Invariant found_;
    std::optional<Change> change_;
    verdict::Undecided why_;
};

}  // namespace

std::variant<Invariant, Change, verdict::Undecided> find_change(const network::Transformer& transformer,
                                                                std::int64_t length,
                                                                const std::vector<std::int64_t>& positions,
                                                                const decide::ProveOptions& options,
                                                                const base::Limits& limits) {
    return Changes(transformer, length, positions, options, limits).find();
}

}  // namespace attest::ablate
