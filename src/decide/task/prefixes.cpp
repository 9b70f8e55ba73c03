#include "prefixes.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "attest/base/error.hpp"
#include "mistakes.hpp"
#include "network/program/prefixes.hpp"
#include "regions.hpp"

// Words are read symbol by symbol, all at once: of prefixes that leave the same open, for the program and for the task, one
// is followed, with their number. Where a prefix is answered wrongly all words that begin with it are mistakes, and it is
// followed no further. Where there are too many states of one length regions of them are gone through (regions.hpp); where
// that cannot be, states in portions, which costs merging and saves memory.

namespace attest::task {

namespace {

using network::ProgramPrefixes;

class ByPrefixes {
  public:
    ByPrefixes(const Question& question, const Options& options, const base::Limits& limits, ProgramPrefixes& program,
               std::uint64_t words)
        : q_(question),
          options_(options),
          limits_(limits),
          program_(program),
          n_(static_cast<std::size_t>(question.length)),
          symbols_(question.program.alphabet.size()),
          words_(words) {
        extensions_.assign(n_ + 1, 1);
        for (std::size_t i = n_; i-- > 0;) extensions_[i] = extensions_[i + 1] * symbols_;
    }

    /// False: there are too many states of one length to go through them together.
    bool go() {
        outcome_ = {};
        outcome_.by = Method::prefixes;
        Layer first;
        first.emplace(Open{start(), {}}, 1);
        if (!is_done()) follow(0, std::move(first));
        if (are_too_many_) return false;
        if (outcome_.why.reason == verdict::Reason::none && outcome_.wrong > 0) find_first();
        return true;
    }
    Outcome in_portions() && {
        in_portions_ = true;
        are_too_many_ = false;
        go();
        return std::move(outcome_);
    }
    Outcome outcome() && { return std::move(outcome_); }

  private:
    /// What a prefix leaves open.
    struct Open {
        ProgramPrefixes::State state;
        language::Task::Seen seen;
        bool operator==(const Open&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Open& open) const {
            const std::hash<std::u32string> hash;
            return hash(open.state) * 0x9E3779B97F4A7C15U ^ hash(open.seen);
        }
    };
    using Layer = std::unordered_map<Open, std::uint64_t, Hash>;

    static constexpr std::uint64_t told_every = 4096;

    ProgramPrefixes::State start() {
        auto state = program_.start();
        if (!state) lacks_value();
        return state.value_or(ProgramPrefixes::State());
    }

    void lacks_value() { outcome_.why = {verdict::Reason::unsupported, "the program has no value on some word"}; }

    bool may_go_on() {
        if (outcome_.states % told_every != 0) return true;
        if (options_.progress)
            options_.progress(
                fmt::format("{} states of prefixes, {} of {} words", outcome_.states, outcome_.words, words_));
        const auto limit = limits_.exceeded();
        if (limit)
            outcome_.why = {verdict::reason_of(*limit), fmt::format("after {} of {} words", outcome_.words, words_)};
        return !limit;
    }

    bool is_done() const {
        return outcome_.why.reason != verdict::Reason::none || (!options_.count && outcome_.wrong > 0);
    }

    /// Prefixes of i symbols that are answered rightly so far.
    void follow(std::size_t i, Layer layer) {
        if (i == n_) {
            for (const auto& [open, number] : layer) outcome_.words += number;
            return;
        }
        Layer next;
        while (!layer.empty() && !is_done()) {
            const auto node = layer.extract(layer.begin());
            for (language::Symbol a = 0; a < symbols_; ++a) extend(i, node.key(), node.mapped(), a, next);
            ++outcome_.states;
            if (!may_go_on()) return;
            if (next.size() < options_.most_states) continue;
            are_too_many_ = !in_portions_;
            if (are_too_many_) return;
            follow(i + 1, std::move(next));
            next = {};
            if (are_too_many_) return;
        }
        if (!are_too_many_ && !is_done()) follow(i + 1, std::move(next));
    }

    void extend(std::size_t i, const Open& before, std::uint64_t number, language::Symbol a, Layer& next) {
        Open after{{}, before.seen};
        const std::string wanted = q_.task.read(after.seen, a);
        q_.task.forget(after.seen, n_ - i - 1);
        std::uint32_t answer = 0;
        if (!program_.read(before.state, i, a, after.state, answer)) {
            lacks_value();
            return;
        }
        if (program_.texts()[answer] == wanted) {
            next[std::move(after)] += number;
            return;
        }
        outcome_.wrong += number * extensions_[i + 1];
        outcome_.words += number * extensions_[i + 1];
    }

    /// The first mistakes in the order of words: prefixes once more, one by one.
    void find_first() {
        language::Word word;
        find_first({program_.start().value(), {}}, word);
    }

    void find_first(const Open& before, language::Word& word) {
        if (word.size() == n_) return;
        for (language::Symbol a = 0; a < symbols_ && !has_enough(outcome_, options_, limits_); ++a) {
            Open after{{}, before.seen};
            const std::string wanted = q_.task.read(after.seen, a);
            q_.task.forget(after.seen, n_ - word.size() - 1);
            std::uint32_t answer = 0;
            (void)program_.read(before.state, word.size(), a, after.state, answer);
            word.push_back(a);
            if (program_.texts()[answer] == wanted) find_first(after, word);
            else tell_mistakes(q_, word, options_, limits_, outcome_);
            word.pop_back();
        }
    }

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    ProgramPrefixes& program_;
    std::size_t n_, symbols_;
    std::uint64_t words_;
    std::vector<std::uint64_t> extensions_;  ///< how many words begin with so many symbols that are given
    bool in_portions_ = false, are_too_many_ = false;
    Outcome outcome_;
};

/// The next word that begins with as many symbols.
bool next_with(language::Word& word, std::size_t prefix, std::size_t symbols) {
    for (std::size_t i = word.size(); i-- > prefix;) {
        if (++word[i] < symbols) return true;
        word[i] = 0;
    }
    return false;
}

}  // namespace

bool has_enough(const Outcome& outcome, const Options& options, const base::Limits& limits) {
    return outcome.first.size() >= std::max<std::size_t>(options.shown, 1) || limits.exceeded().has_value();
}

void tell_mistakes(const Question& question, const language::Word& prefix, const Options& options,
                   const base::Limits& limits, Outcome& outcome) {
    language::Word word = prefix;
    word.resize(static_cast<std::size_t>(question.length), 0);
    do {
        std::vector<std::string> expected = question.task.expected(word),
                                 actual = network::answers(question.program, word);
        if (actual == expected) throw base::InternalError("a mistake of a program is none by its definition");
        outcome.first.push_back({word, std::move(expected), std::move(actual)});
    } while (!has_enough(outcome, options, limits) && next_with(word, prefix.size(), question.program.alphabet.size()));
}

std::optional<Outcome> hold_by_prefixes(const Question& question, const Options& options, const base::Limits& limits) {
    if (!question.task.looks_back()) return std::nullopt;
    const auto words = language::count_words(question.program.alphabet, static_cast<std::uint64_t>(question.length),
                                             std::uint64_t{1} << 62);
    if (!words) return std::nullopt;
    auto program = ProgramPrefixes::make(question.program, question.length);
    if (!program) return std::nullopt;
    ByPrefixes by_states(question, options, limits, *program, *words);
    if (by_states.go()) return std::move(by_states).outcome();
    auto regions = network::PrefixRegions::make(*program);
    if (!regions) return std::move(by_states).in_portions();
    return hold_by_regions(question, options, limits, *program, *regions, *words);
}

}  // namespace attest::task
