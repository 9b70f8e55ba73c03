#include <fmt/format.h>

#include "ascent.hpp"
#include "attest/base/error.hpp"
#include "attest/soft/judge.hpp"
#include "attest/soft/words.hpp"
#include "decide.hpp"
#include "decide/recognise/exchange.hpp"
#include "guesses.hpp"
#include "regions.hpp"
#include "soft/blowup.hpp"
#include "soft/losses.hpp"

// Softmax models: no circuit, no solver. Each word is evaluated until its sign is certain: first, many words at a time, in
// doubles with bounds for their errors, then, where these leave the sign open, in balls. Balls also say what the least
// margin is, on the words of which the doubles cannot tell which is nearest to 0, unless the doubles tell it to all digits
// that are shown. A word whose sign no precision shows leaves the
// question open, unless another word is a counterexample. Where model and language count the symbols only, one word stands
// for all with its counts. Where there are too many words, a mistake may still be guessed, and then is shown; else words are
// taken many at a time (regions.hpp).

namespace attest::decide {

namespace {

class Enclosing {
  public:
    Enclosing(const Question& question, const ProveOptions& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits), judge_(question.model, question.length) {}

    Outcome decide() {
        const std::size_t symbols = q_.model.alphabet.size();
        const auto words =
            language::count_words(q_.model.alphabet, static_cast<std::uint64_t>(q_.length), options_.most_words);
        soft::Classes classes = soft::find_classes(q_.model, q_.length);
        const auto choices = soft::count_fillings(classes, symbols, options_.most_words);
        if (choices && (!words || *choices < *words)) {
            const bool all = is_by_counts(q_, classes);
            if (all || !words) {
                by_counts(classes, *choices);
                if (all || fails_ || why_.reason != verdict::Reason::none) return finish(std::move(classes));
            }
        }
        if (!words) {
            guess_mistake();
            if (!fails_ && why_.reason == verdict::Reason::none) climb();
            if (fails_) return finish({});
            if (why_.reason == verdict::Reason::none) by_regions();
            return finish({});
        }
        by_words(*words);
        return finish({});
    }

  private:
    static constexpr std::uint64_t told_every = 256;
    static constexpr std::uint64_t fewest_together = 32;  // fewer words are not worth the tables

    /// A word that may be nearest to 0.
    struct Near {
        language::Word word;
        exact::Interval score;
    };

    void by_words(std::uint64_t words) {
        if (words >= fewest_together && soft::supports_words(q_.model) && !is_over(words)) {
            together(words);
            return;
        }
        language::Word word(static_cast<std::size_t>(q_.length), 0);
        while (look(word, 1, words) && language::next_word(word, q_.model.alphabet)) continue;
    }

    /// All words, those that begin alike together.
    void together(std::uint64_t words) {
        soft::WordScores scores(q_.model, q_.length);
        language::Word prefix(static_cast<std::size_t>(q_.length - scores.free_symbols()), 0);
        std::vector<exact::Interval> open;  // where doubles do not help
        do {
            if (is_over(words)) return;
            const std::vector<exact::Interval>& found = open.empty() ? scores.scores(prefix) : open;
            if (!look(prefix, found, words)) return;
            const auto unclear = std::count_if(found.begin(), found.end(), is_open);
            if (2 * static_cast<std::size_t>(unclear) > found.size()) open.assign(found.size(), exact::everything);
        } while (language::next_word(prefix, q_.model.alphabet));
        if (why_.reason == verdict::Reason::none) find_nearest(words);
    }

    bool may_guess() const {
        return options_.guesses && q_.length <= soft::longest_in_part && soft::supports_words(q_.model);
    }

    /// Where guesses find none, along the gradient to words that may be wrong; balls judge these.
    void climb() {
        if (!may_guess()) return;
        if (options_.progress) options_.progress("along the gradient to a mistake");
        climb_to_mistakes(
            q_, options_.seed,
            [&] {
                const auto limit = limits_.exceeded();
                if (limit) why_ = {verdict::reason_of(*limit), "on the way along the gradient to a mistake"};
                return limit.has_value();
            },
            [&](const language::Word& word, double wrong) {
                if (!(wrong > 0)) return true;
                const soft::Judgement judged = judge_.judge(word, limits_);
                if (judged.limit || !judged.accepts ||
                    *judged.accepts == q_.language.contains(translate(q_.meaning, word)))
                    return !judged.limit;
                fail(word, judged);
                return false;
            });
    }

    /// Where there are too many words to look at all, near those that are typically wrong, a batch at a time in doubles; balls judge
    /// what seems wrong.
    void guess_mistake() {
        constexpr std::uint64_t batches = 8192, patience = 256;  // then the search near a word begins anew
        if (!may_guess()) return;
        soft::WordScores scores(q_.model, q_.length);
        base::Random random(options_.seed);
        const auto fixed = static_cast<std::size_t>(q_.length - scores.free_symbols());
        const auto together = language::count_words(
            q_.model.alphabet, static_cast<std::uint64_t>(scores.free_symbols()), options_.most_words);
        double most = -exact::infinity;  // of scores of the wrong sign; of the right one the nearest to 0
        language::Word nearest;
        for (std::uint64_t k = 0; k < batches && !fails_ && !is_over(batches * together.value_or(1)); ++k) {
            if (options_.progress) options_.progress(fmt::format("{} of {} guesses", k, batches));
            if (k % patience == 0) most = -exact::infinity, nearest.clear();
            const bool near = !nearest.empty() && random.chance(2, 3);
            const language::Word prefix = near ? guess_near(random, q_.model.alphabet.size(), nearest)
                                               : guess(random, q_.model.alphabet.size(), fixed);
            const double wrong = find_mistake(prefix, scores.scores(prefix));
            if (wrong > most) most = wrong, nearest = prefix;
        }
    }

    /// How nearly wrong the words that begin so are.
    double find_mistake(const language::Word& prefix, const std::vector<exact::Interval>& scores) {
        double most = -exact::infinity;
        language::Word word = prefix;
        word.resize(static_cast<std::size_t>(q_.length), 0);
        for (const exact::Interval& score : scores) {
            ++statistics_.words;
            const bool expected = q_.language.contains(translate(q_.meaning, word));
            if (!is_open(score) && (score.lo > 0) != expected) {
                const soft::Judgement judged = judge_.judge(word, limits_);
                if (!judged.limit && judged.accepts && *judged.accepts != expected) {
                    fail(word, judged);
                    return most;
                }
            }
            most = std::max(most, expected ? -score.hi : score.lo);
            language::next_word(word, q_.model.alphabet);
        }
        return most;
    }

    bool look(const language::Word& prefix, const std::vector<exact::Interval>& scores, std::uint64_t words) {
        language::Word word = prefix;
        word.resize(static_cast<std::size_t>(q_.length), 0);
        for (exact::Interval score : scores) {
            tell(words);
            if (!look(word, score, words)) return false;
            language::next_word(word, q_.model.alphabet);
        }
        return true;
    }

    /// One word, of whose score this is known.
    bool look(const language::Word& word, exact::Interval score, std::uint64_t words) {
        if (is_open(score)) {
            const std::optional<soft::Judgement> judged = judge(word, words);
            if (!judged) return false;
            if (!judged->accepts) return ++statistics_.words, true;
            score = exact::to_interval(judged->score);
        }
        ++statistics_.words;
        const bool accepts = score.lo > 0, expected = q_.language.contains(translate(q_.meaning, word));
        if (expected != accepts) {
            const std::optional<soft::Judgement> judged = judge(word, words);
            if (judged && judged->accepts) fail(word, *judged);
            return false;
        }
        losses_.add(expected ? score : -score);
        if (score.mignitude() <= least_) near_.push_back({word, score});
        least_ = std::min(least_, score.magnitude());
        if (near_.size() > 2 * kept_ + told_every) forget_far();
        return true;
    }

    /// Leaves the words that may be nearest to 0.
    void forget_far() {
        std::erase_if(near_, [&](const Near& near) { return near.score.mignitude() > least_; });
        kept_ = near_.size();
    }

    /// The least margin as balls tell it: that of all other words is greater.
    void find_nearest(std::uint64_t words) {
        forget_far();
        if (near_.size() == 1 && is_sharp(near_.front().score)) {
            const Near& near = near_.front();
            consider(near.word, exact::Rational(near.score.mignitude()), near.score);
            return;
        }
        for (const Near& near : near_) {
            const std::optional<soft::Judgement> judged = judge(near.word, words);
            if (!judged || !judged->accepts) return;
            (void)intersect(near.score, exact::to_interval(judged->score));  // one number, twice
            consider(near.word, *judged);
        }
    }

    /// Many words at a time, where there are too many.
    void by_regions() {
        enclosure_.bits = judge_.precision().first;
        const auto judge = [&](const language::Word& word) -> std::optional<exact::Ball> {
            const soft::Judgement judged = judge_.judge(word, limits_);
            return judged.accepts ? std::optional(judged.score) : std::nullopt;
        };
        RegionOutcome found = decide_by_regions(q_, options_, limits_, judge);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) why_ = std::move(*why);
        if (const auto* mistake = std::get_if<RegionMistake>(&found)) {
            const auto judged = this->judge(mistake->word, 1);
            if (judged && judged->accepts) show_mistake(mistake->word, *judged);
        }
        if (auto* tree = std::get_if<RegionTree>(&found)) {
            enclosure_.margin = tree->margin;
            enclosure_.nearest = tree->nearest;
            enclosure_.score = judge_.judge(tree->nearest, limits_).score;
            enclosure_.regions = std::move(tree->text);
            statistics_.words = tree->leaves;
        }
    }
    void show_mistake(const language::Word& word, const soft::Judgement& judged) {
        if (*judged.accepts == q_.language.contains(translate(q_.meaning, word)))
            throw base::InternalError(
                fmt::format("bounds are wrong about the word {}: please report this", q_.model.alphabet.spell(word)));
        fail(word, judged);
    }

    /// Whether both ends are shown alike as a margin, as balls would show it, then.
    bool is_sharp(const exact::Interval& score) const {
        const auto text = [&](double size) {
            return margin_text({judge_.precision().first, exact::Rational(size), {}, {}});
        };
        return text(score.mignitude()) == text(score.magnitude());
    }

    static bool is_open(const exact::Interval& score) { return !(score.lo > 0) && !(score.hi < 0); }

    void by_counts(const soft::Classes& classes, std::uint64_t choices) {
        soft::for_each_filling(
            classes, q_.model.alphabet.size(), q_.length,
            [&](const language::Word& word, const mpz_class& ways) { return look(word, ways, choices); });
    }

    Outcome finish(soft::Classes classes) {
        if (fails_) return {std::move(*fails_), statistics_};
        if (why_.reason != verdict::Reason::none) return {std::move(why_), statistics_};
        enclosure_.classes = std::move(classes);
        enclosure_.cross_entropy += losses_.sum();
        mpz_class all;
        mpz_ui_pow_ui(all.get_mpz_t(), q_.model.alphabet.size(), static_cast<unsigned long>(q_.length));
        enclosure_.cross_entropy /= exact::Ball(exact::Rational(all), enclosure_.bits);
        return {Holds{std::move(enclosure_)}, statistics_};
    }

    void tell(std::uint64_t words) {
        if (statistics_.words % told_every == 0 && options_.progress)
            options_.progress(fmt::format("{} of {} words in balls", statistics_.words, words));
    }

    /// One word that stands for `ways`, the next of so many. False: nothing more is to be done.
    bool look(const language::Word& word, const mpz_class& ways, std::uint64_t words) {
        tell(words);
        const std::optional<soft::Judgement> judged = judge(word, words);
        if (!judged) return false;
        ++statistics_.words;
        if (!judged->accepts) return true;
        const bool expected = q_.language.contains(translate(q_.meaning, word));
        if (expected != *judged->accepts) {
            fail(word, *judged);
            return false;
        }
        consider(word, *judged);
        add_loss(judged->score, ways, expected);
        return true;
    }

    /// Whether a limit is exceeded, which is then the reason.
    bool is_over(std::uint64_t words) { return stop(limits_.exceeded(), words); }
    bool stop(const std::optional<base::Limit>& limit, std::uint64_t words) {
        if (limit) why_ = {verdict::reason_of(*limit), fmt::format("after {} of {} words", statistics_.words, words)};
        return limit.has_value();
    }

    /// One word in balls; nothing at a limit. A sign that stays open leaves the question so.
    std::optional<soft::Judgement> judge(const language::Word& word, std::uint64_t words) {
        soft::Judgement judged = judge_.judge(word, limits_);
        if (stop(judged.limit, words)) return std::nullopt;
        if (!judged.accepts && why_.reason == verdict::Reason::none)
            why_ = {verdict::Reason::imprecise, fmt::format("{} bits do not tell the score on \"{}\" from 0",
                                                            judged.bits, q_.model.alphabet.spell(word))};
        if (judged.accepts) enclosure_.bits = std::max(enclosure_.bits, judged.bits);
        return judged;
    }

    void consider(const language::Word& word, const soft::Judgement& judged) {
        if (is_nearer(word, least_size(judged.score))) enclosure_.score = judged.score;
    }
    /// The same of a score that doubles enclose.
    void consider(const language::Word& word, const exact::Rational& size, const exact::Interval& score) {
        enclosure_.bits = std::max(enclosure_.bits, judge_.precision().first);
        if (is_nearer(word, size)) enclosure_.score = exact::Ball::between(score.lo, score.hi, enclosure_.bits);
    }
    bool is_nearer(const language::Word& word, const exact::Rational& size) {
        if (has_nearest_ && size >= enclosure_.margin) return false;
        has_nearest_ = true;
        enclosure_.margin = size;
        enclosure_.nearest = word;
        return true;
    }

    void add_loss(const exact::Ball& score, const mpz_class& ways, bool expected) {
        enclosure_.cross_entropy +=
            exact::Ball(exact::Rational(ways), judge_.precision().first) * soft::cross_entropy(score, expected);
    }

    void fail(const language::Word& word, const soft::Judgement& judged) {
        fails_ = Fails{{word, !*judged.accepts, *judged.accepts},
                       EnclosedScore{judged.bits, least_size(judged.score), word, judged.score}};
    }

    /// How far from 0 the score is at least.
    static exact::Rational least_size(const exact::Ball& score) {
        switch (score.sign()) {
            case exact::Sign::positive: return score.lower();
            case exact::Sign::negative: return -score.upper();
            default: return 0;
        }
    }

    const Question& q_;
    const ProveOptions& options_;
    const base::Limits& limits_;
    soft::Judge judge_;
    Enclosure enclosure_;
    soft::Losses losses_;  // of words that are looked at many at a time
    bool has_nearest_ = false;
    std::vector<Near> near_;
    std::size_t kept_ = 0;            // of these when they were last gone through
    double least_ = exact::infinity;  // some word's score is of this size at most
    Statistics statistics_;
    verdict::Undecided why_;  // for the first word that leaves the question open
    std::optional<Fails> fails_;
};

}  // namespace

std::string margin_text(const EnclosedScore& score) {
    if (score.margin == 0) return "0";
    const exact::Rational below = score.margin - score.margin / (1L << 40);
    return exact::Ball(below, score.bits).lower_text(6);
}

Outcome decide_by_enclosure(const Question& question, const ProveOptions& options, const base::Limits& limits) {
    return Enclosing(question, options, limits).decide();
}

}  // namespace attest::decide
