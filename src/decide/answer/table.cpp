#include "decide/answer/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "attest/soft/symmetry.hpp"

namespace attest::decide {

namespace {

using language::Word;

class Tabulator {
  public:
    Tabulator(const Network& network, std::int64_t length, const TableOptions& options, const base::Limits& limits)
        : network_(network), alphabet_(alphabet_of(network)), length_(length), options_(options), limits_(limits) {}

    std::variant<AnswerTable, verdict::Undecided> tabulate() {
        const auto size = static_cast<std::uint64_t>(length_);
        const auto words = language::count_words(alphabet_, size, options_.most_words);
        if (!words)
            return verdict::Undecided{verdict::Reason::memory,
                                      fmt::format("more than {} words of length {}", options_.most_words, length_)};
        total_ = *words;
        const soft::Classes classes = classes_of(*words);
        if (classes.empty()) by_words();
        else by_counts(classes);
        if (why_.reason != verdict::Reason::none) return std::move(why_);
        return std::move(table_);
    }

  private:
    static constexpr std::uint64_t told_every = 1024;

    /// By which counts the answer is known, where that are fewer than words; else empty.
    soft::Classes classes_of(std::uint64_t words) {
        if (!is_soft(network_)) return {};
        soft::Classes classes = soft::find_classes(*std::get<const network::Transformer*>(network_), length_);
        const auto kinds = soft::count_fillings(classes, alphabet_.size(), words);
        if (!kinds || *kinds >= words) return {};
        total_ = *kinds;
        return classes;
    }

    void by_words() {
        Answerer answerer(network_, length_, Order::lexicographic);
        Word word(static_cast<std::size_t>(length_), 0);
        do {
            const auto accepts = ask(answerer, word);
            if (!accepts) return;
            table_.accepts.push_back(*accepts);
        } while (language::next_word(word, alphabet_));
    }

    void by_counts(const soft::Classes& classes) {
        Answerer answerer(network_, length_);
        std::map<Word, bool> known;
        soft::for_each_filling(classes, alphabet_.size(), length_, [&](const Word& word, const mpz_class&) {
            const auto accepts = ask(answerer, word);
            if (accepts) known.emplace(word, *accepts);
            return accepts.has_value();
        });
        Word word(static_cast<std::size_t>(length_), 0);
        if (why_.reason != verdict::Reason::none) return;
        do {
            if (table_.accepts.size() % told_every == 0 && exceeded()) return;
            table_.accepts.push_back(known.at(sorted(word, classes)));
        } while (language::next_word(word, alphabet_));
    }

    /// The word with these counts that is asked about: symbols ascend within each class.
    static Word sorted(const Word& word, const soft::Classes& classes) {
        Word result = word;
        Word symbols;
        for (const auto& positions : classes) {
            symbols.clear();
            for (const std::int64_t p : positions) symbols.push_back(word[static_cast<std::size_t>(p)]);
            std::sort(symbols.begin(), symbols.end());
            for (std::size_t k = 0; k < positions.size(); ++k)
                result[static_cast<std::size_t>(positions[k])] = symbols[k];
        }
        return result;
    }

    /// Nothing: why_ says why.
    std::optional<bool> ask(Answerer& answerer, const Word& word) {
        if (table_.asked % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words", table_.asked, total_));
        if (exceeded()) return std::nullopt;
        const Answer answer = answerer.answer(word, limits_);
        if (!answer.accepts) {
            leave_open(answer, word);
            return std::nullopt;
        }
        ++table_.asked;
        if (!answer.score) return answer.accepts;
        if (table_.bits == 0 || *answer.margin < table_.margin) table_.margin = *answer.margin;
        table_.bits = std::max(table_.bits, answer.bits);
        return answer.accepts;
    }

    bool exceeded() {
        const auto limit = limits_.exceeded();
        if (limit) stop(*limit);
        return limit.has_value();
    }
    void stop(base::Limit limit) {
        why_ = {verdict::reason_of(limit), fmt::format("after {} of {} words", table_.asked, total_)};
    }
    void leave_open(const Answer& answer, const Word& word) {
        if (answer.limit) return stop(*answer.limit);
        why_ = {verdict::Reason::imprecise,
                fmt::format("{} bits do not tell the score on \"{}\" from 0", answer.bits, alphabet_.spell(word))};
    }

    const Network& network_;
    const language::Alphabet& alphabet_;
    std::int64_t length_;
    const TableOptions& options_;
    const base::Limits& limits_;
    std::uint64_t total_ = 0;
    AnswerTable table_;
    verdict::Undecided why_;  ///< reason none: nothing has stopped it
};

}  // namespace

std::variant<AnswerTable, verdict::Undecided> tabulate(const Network& network, std::int64_t length,
                                                       const TableOptions& options, const base::Limits& limits) {
    return Tabulator(network, length, options, limits).tabulate();
}

}  // namespace attest::decide
