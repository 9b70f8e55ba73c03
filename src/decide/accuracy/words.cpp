#include <fmt/format.h>

#include "decide/recognise/exchange.hpp"
#include "ways.hpp"

// All words in order, each answered with certainty, or one for all with its counts. What balls leave open widens the
// count by the words that it stands for. Which words are mistakes is kept, a bit a word, for their neighbours.

namespace attest::accuracy {

namespace {

using language::Word;

class Words {
  public:
    Words(const Question& question, const Options& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          symbols_(decide::alphabet_of(question.model).size()),
          length_(static_cast<std::size_t>(question.length)) {
        outcome_.words = all_words(question);
    }

    Outcome count() {
        const language::Alphabet& alphabet = decide::alphabet_of(q_.model);
        const auto words = language::count_words(alphabet, length_, options_.most_words);
        soft::Classes classes = classes_that_count();
        const auto kinds =
            classes.empty() ? std::nullopt : soft::count_fillings(classes, symbols_, options_.most_words);
        if (kinds && (!words || *kinds < *words)) return by_counts(std::move(classes), *kinds);
        if (!words) {
            outcome_.why = {verdict::Reason::memory,
                            fmt::format("more than {} words of length {}", options_.most_words, length_)};
            outcome_.most = outcome_.words;
            return std::move(outcome_);
        }
        return by_words(*words);
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    /// By which counts score and membership are known; empty if only the word itself tells.
    soft::Classes classes_that_count() const {
        if (!decide::is_soft(q_.model)) return {};
        const network::Transformer& t = *std::get<const network::Transformer*>(q_.model);
        soft::Classes classes = soft::find_classes(t, q_.length);
        const decide::Question question{t, q_.language, q_.meaning, q_.length};
        return decide::is_by_counts(question, classes) ? classes : soft::Classes();
    }

    Outcome by_words(std::uint64_t words) {
        outcome_.by = By::words;
        begin(words);
        answerer_.emplace(q_.model, q_.length, decide::Order::lexicographic);
        wrong_.assign(words, false);
        Word word(length_, 0);
        while (look(word, 1) && language::next_word(word, decide::alphabet_of(q_.model))) continue;
        if (outcome_.looked_at == words && outcome_.is_exact()) find_neighbours();
        return finish();
    }

    Outcome by_counts(soft::Classes classes, std::uint64_t kinds) {
        outcome_.by = By::counts;
        begin(kinds);
        answerer_.emplace(q_.model, q_.length);
        soft::for_each_filling(classes, symbols_, q_.length,
                               [&](const Word& word, const mpz_class& ways) { return look(word, ways); });
        outcome_.classes = std::move(classes);
        return finish();
    }

    void begin(std::uint64_t words) {
        total_ = words;
        outcome_.most = outcome_.words;
        outcome_.where.by_number.assign(symbols_, std::vector<mpz_class>(length_ + 1));
    }

    /// The next word, which stands for `ways`. False: a limit came first.
    bool look(const Word& word, const mpz_class& ways) {
        if (outcome_.looked_at % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words", outcome_.looked_at, total_));
        if (const auto limit = limits_.exceeded()) return stop(*limit);
        const decide::Answer answer = answerer_->answer(word, limits_);
        if (answer.limit) return stop(*answer.limit);
        const std::uint64_t number = outcome_.looked_at++;
        if (!answer.accepts) {
            leave_open(word, answer);
            return true;
        }
        note_margin(answer);
        const auto found = mistake(q_, word, answer);
        if (!found) {
            outcome_.most -= ways;
            return true;
        }
        outcome_.least += ways;
        if (outcome_.by == By::words) wrong_[number] = true;
        add(*found, ways);
        return true;
    }

    bool stop(base::Limit limit) {
        outcome_.why = {verdict::reason_of(limit), fmt::format("after {} of {} words", outcome_.looked_at, total_)};
        return false;
    }

    void leave_open(const Word& word, const decide::Answer& answer) {
        if (outcome_.why.reason != verdict::Reason::none) return;
        outcome_.why = {verdict::Reason::imprecise,
                        fmt::format("{} bits do not tell the score on \"{}\" from 0", answer.bits,
                                    decide::alphabet_of(q_.model).spell(word))};
    }

    void note_margin(const decide::Answer& answer) {
        if (!answer.score) return;
        decide::EnclosedScore& score = outcome_.score;
        if (score.bits == 0 || *answer.margin < score.margin) score.margin = *answer.margin;
        score.bits = std::max(score.bits, answer.bits);
    }

    void add(const Mistake& found, const mpz_class& ways) {
        std::vector<std::size_t> number(symbols_, 0);
        for (const language::Symbol a : found.word) ++number[a];
        for (std::size_t a = 0; a < symbols_; ++a) outcome_.where.by_number[a][number[a]] += ways;
        show(outcome_.where, found, options_.shown);
    }

    /// For each mistake the first position at which another symbol makes a word that is answered rightly.
    void find_neighbours() {
        std::vector<std::uint64_t> weight(length_, 1);  // of a symbol in the number of its word
        for (std::size_t i = length_; i-- > 1;) weight[i - 1] = weight[i] * symbols_;
        outcome_.where.by_position.assign(length_ + 1, 0);
        for (std::uint64_t w = 0; w < wrong_.size(); ++w) {
            if (!wrong_[w]) continue;
            if (w % (told_every * told_every) == 0 && limits_.exceeded()) return outcome_.where.by_position.clear();
            std::size_t i = 0;
            while (i < length_ && !has_right_neighbour(w, weight[i])) ++i;
            ++outcome_.where.by_position[i];
        }
    }

    bool has_right_neighbour(std::uint64_t word, std::uint64_t weight) const {
        const std::uint64_t base = word - word / weight % symbols_ * weight;
        for (std::uint64_t a = 0; a < symbols_; ++a)
            if (!wrong_[base + a * weight]) return true;
        return false;
    }

    Outcome finish() { return std::move(outcome_); }

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    std::optional<decide::Answerer> answerer_;
    std::size_t symbols_, length_;
    std::uint64_t total_ = 0;
    std::vector<bool> wrong_;
    Outcome outcome_;
};

}  // namespace

Outcome count_by_words(const Question& question, const Options& options, const base::Limits& limits) {
    return Words(question, options, limits).count();
}

}  // namespace attest::accuracy
