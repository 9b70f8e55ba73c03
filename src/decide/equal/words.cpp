#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "search.hpp"

namespace attest::equal {

namespace {

using decide::Answer;
using language::Word;

class AllWords {
  public:
    AllWords(const Question& question, const decide::ProveOptions& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits) {}

    Outcome compare() {
        const language::Alphabet& alphabet = decide::alphabet_of(q_.model);
        const auto words = language::count_words(alphabet, static_cast<std::uint64_t>(q_.length), options_.most_words);
        const soft::Classes classes = common_classes();
        const auto choices =
            classes.empty() ? std::nullopt : soft::count_fillings(classes, alphabet.size(), options_.most_words);
        if (choices && (!words || *choices < *words)) return by_counts(classes, *choices);
        if (!words) return search();
        pair_.emplace(q_, limits_, decide::Order::lexicographic);
        Word word(static_cast<std::size_t>(q_.length), 0);
        while (look(word, *words) && language::next_word(word, alphabet)) continue;
        return finish({});
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    /// There are too many words to ask about each.
    Outcome search() {
        Searched searched = search_difference(q_, options_, limits_);
        statistics_.words = searched.words;
        if (searched.difference) return {std::move(*searched.difference), statistics_};
        return {too_many_words(q_, options_, searched), statistics_};
    }

    /// By which counts the answers of both are known; empty where one of them is not soft.
    soft::Classes common_classes() const {
        if (!decide::is_soft(q_.model) || !decide::is_soft(q_.other)) return {};
        const auto classes = [&](const decide::Network& network) {
            return soft::find_classes(*std::get<const network::Transformer*>(network), q_.length);
        };
        return refine(classes(q_.model), classes(q_.other), q_.length);
    }

    Outcome by_counts(const soft::Classes& classes, std::uint64_t choices) {
        pair_.emplace(q_, limits_);
        soft::for_each_filling(classes, q_.letters.size(), q_.length,
                               [&](const Word& word, const mpz_class&) { return look(word, choices); });
        return finish(classes);
    }

    /// One word, the next of so many. False: nothing more is to be done.
    bool look(const Word& word, std::uint64_t words) {
        if (statistics_.words % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words, by both", statistics_.words, words));
        if (const auto limit = limits_.exceeded()) return stop(*limit, words);
        const Pair::Answers answers = pair_->ask(word);
        for (const Answer* answer : {&answers.model, &answers.other})
            if (answer->limit) return stop(*answer->limit, words);
        ++statistics_.words;
        if (answers.differ()) {
            difference_ = pair_->shrink({word, *answers.model.accepts});
            return false;
        }
        note(answers.model, word);
        note(answers.other, word);
        return true;
    }

    bool stop(base::Limit limit, std::uint64_t words) {
        why_ = {verdict::reason_of(limit), fmt::format("after {} of {} words", statistics_.words, words)};
        return false;
    }

    void note(const Answer& answer, const Word& word) {
        if (!answer.accepts && why_.reason == verdict::Reason::none)
            why_ = {verdict::Reason::imprecise, fmt::format("{} bits do not tell a score on \"{}\" from 0", answer.bits,
                                                            decide::alphabet_of(q_.model).spell(word))};
        if (!answer.accepts || !answer.score) return;
        if (enclosure_.bits == 0 || *answer.margin < enclosure_.margin) enclosure_.margin = *answer.margin;
        enclosure_.bits = std::max(enclosure_.bits, answer.bits);
    }

    Outcome finish(const soft::Classes& classes) {
        if (difference_) return {std::move(*difference_), statistics_};
        if (why_.reason != verdict::Reason::none) return {std::move(why_), statistics_};
        if (enclosure_.bits == 0) return {Holds{decide::Exhaustion{}}, statistics_};
        enclosure_.classes = classes;
        return {Holds{std::move(enclosure_)}, statistics_};
    }

    const Question& q_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    std::optional<Pair> pair_;
    Enclosure enclosure_;
    decide::Statistics statistics_;
    verdict::Undecided why_;
    std::optional<Difference> difference_;
};

}  // namespace

soft::Classes refine(const soft::Classes& one, const soft::Classes& two, std::int64_t length) {
    std::vector<std::pair<std::size_t, std::size_t>> member(static_cast<std::size_t>(length));
    for (std::size_t c = 0; c < one.size(); ++c)
        for (const std::int64_t p : one[c]) member[static_cast<std::size_t>(p)].first = c;
    for (std::size_t c = 0; c < two.size(); ++c)
        for (const std::int64_t p : two[c]) member[static_cast<std::size_t>(p)].second = c;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> number;
    soft::Classes classes;
    for (std::size_t p = 0; p < member.size(); ++p) {
        const auto [at, is_new] = number.emplace(member[p], classes.size());
        if (is_new) classes.emplace_back();
        classes[at->second].push_back(static_cast<std::int64_t>(p));
    }
    return classes;
}

Answer Pair::ask_other(const Word& word) { return other_.answer(read_by_other(word, question_.letters), limits_); }

Pair::Answers Pair::ask(const Word& word) {
    Answer model = ask_model(word);
    return {std::move(model), ask_other(word)};
}

std::vector<Pair::Answers> Pair::ask_each(const std::vector<Word>& words) {
    std::vector<Word> read;
    for (const Word& word : words) read.push_back(read_by_other(word, question_.letters));
    std::vector<Answer> model = model_.answer_each(words, limits_), other = other_.answer_each(read, limits_);
    std::vector<Answers> both;
    for (std::size_t k = 0; k < std::min(model.size(), other.size()); ++k)
        both.push_back({std::move(model[k]), std::move(other[k])});
    return both;
}

Difference Pair::shrink(Difference difference) {
    int evaluations = 400;
    for (bool improved = true; improved;) {
        improved = false;
        for (language::Symbol& symbol : difference.word) {
            const language::Symbol before = symbol;
            if (before == 0 || evaluations-- <= 0 || limits_.exceeded()) continue;
            symbol = 0;
            const Answers answers = ask(difference.word);
            if (answers.differ()) {
                difference.model = *answers.model.accepts;
                improved = true;
            } else {
                symbol = before;
            }
        }
    }
    return difference;
}

Outcome compare_all_words(const Question& question, const decide::ProveOptions& options, const base::Limits& limits) {
    return AllWords(question, options, limits).compare();
}

}  // namespace attest::equal
