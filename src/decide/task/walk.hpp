#pragma once

#include <fmt/format.h>

#include "attest/decide/task/task.hpp"

namespace attest::task {

/// All words of a length, one by one in their order.
class Walk {
  public:
    /// Needs   all outlive this
    Walk(const Options& options, const base::Limits& limits, Outcome& outcome)
        : options_(options), limits_(limits), outcome_(outcome) {}

    /// look: takes a word and how many there are, and says whether to go on; it counts the words in the outcome
    template <typename Look>
    void go(const language::Alphabet& alphabet, std::int64_t length, Look look) {
        const auto words = language::count_words(alphabet, static_cast<std::uint64_t>(length), options_.most_words);
        if (!words)
            return stop(verdict::Reason::memory,
                        fmt::format("more than {} words of length {}", options_.most_words, length));
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            if (outcome_.words % told_every == 0 && !may_go_on(*words)) break;
            if (!look(word, *words)) break;
        } while (language::next_word(word, alphabet));
    }

    void stop(verdict::Reason reason, std::string detail) { outcome_.why = {reason, std::move(detail)}; }

    /// Whether a limit is exceeded, which then is told.
    bool stopped(std::uint64_t words) {
        const auto limit = limits_.exceeded();
        if (limit) stop(verdict::reason_of(*limit), fmt::format("after {} of {} words", outcome_.words, words));
        return limit.has_value();
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    bool may_go_on(std::uint64_t words) {
        if (options_.progress) options_.progress(fmt::format("{} of {} words", outcome_.words, words));
        return !stopped(words);
    }

    const Options& options_;
    const base::Limits& limits_;
    Outcome& outcome_;
};

}  // namespace attest::task
