// A word on which two networks differ, among too many to ask about each. With a and b the scores of the two a word shows a
// difference if one is positive and the other negative, so what is to be made large is the greater of min(a, −b) and min(−a, b).
// What has no score counts as infinite. Whatever is found in doubles is asked of both again.

#include "search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "attest/soft/words.hpp"
#include "decide/recognise/climb.hpp"
#include "decide/recognise/guesses.hpp"
#include "soft/gradient.hpp"

namespace attest::equal {

namespace {

using decide::Answer;
using decide::Change;
using language::Word;

double height_of(double a, double b) { return std::max(std::min(a, -b), std::min(-a, b)); }

double score_of(const Answer& answer) {
    if (!answer.accepts) return 0;
    const double size = answer.margin ? answer.margin->get_d() : std::numeric_limits<double>::infinity();
    return *answer.accepts ? size : -size;
}

std::optional<soft::Gradient> gradient_of(const decide::Network& network, std::int64_t length) {
    const auto* transformer = std::get_if<const network::Transformer*>(&network);
    const bool has = transformer != nullptr && decide::is_soft(network) && length <= soft::longest_in_part &&
                     soft::supports_words(**transformer);
    return has ? std::optional(soft::Gradient(**transformer, length)) : std::nullopt;
}

/// How far two networks differ, where one of them has a gradient; what the other says is not expected to change.
class Disagreement final : public decide::Landscape {
  public:
    Disagreement(const Question& question, Pair& pair)
        : q_(question),
          pair_(pair),
          model_(gradient_of(question.model, question.length)),
          other_(gradient_of(question.other, question.length)) {}

    bool has_slope() const { return model_ || other_; }

    double height(const Word& word) const override {
        return height_of(model_ ? model_->score(word) : score_of(pair_.ask_model(word)),
                         other_ ? other_->score(read_by_other(word, q_.letters)) : score_of(pair_.ask_other(word)));
    }

    std::vector<double> promises(const Word& word, const std::vector<Change>& changes) const override {
        const Word read = read_by_other(word, q_.letters);
        std::optional<soft::Gradient::Slopes> of_model, of_other;
        if (model_) of_model = model_->slopes(word);
        if (other_) of_other = other_->slopes(read);
        const double model = of_model ? of_model->score : score_of(pair_.ask_model(word)),
                     other = of_other ? of_other->score : score_of(pair_.ask_other(word));
        std::vector<double> result;
        for (const Change& change : changes) {
            const Word next = change.made(word);
            const std::pair at{change.at, change.other};
            const double a = of_model ? of_model->moved(word, next, at) : 0,
                         b = of_other ? of_other->moved(read, read_by_other(next, q_.letters), at) : 0;
            result.push_back(height_of(model + a, other + b));
        }
        return result;
    }

    double cost() const override {
        constexpr double without = 0x1p20;  // of what has no gradient, roughly
        return (model_ ? model_->cost() : without) + (other_ ? other_->cost() : without);
    }

  private:
    const Question& q_;
    Pair& pair_;
    std::optional<soft::Gradient> model_, other_;
};

class Search {
  public:
    Search(const Question& question, const decide::ProveOptions& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          symbols_(decide::alphabet_of(question.model).size()),
          random_(options.seed),
          pair_(question, limits, decide::Order::several) {}

    Searched run() {
        if (q_.length > 0) guess();
        if (!is_done()) climb();
        if (result_.difference) result_.difference = pair_.shrink(std::move(*result_.difference));
        return std::move(result_);
    }

  private:
    static constexpr std::uint64_t together = 16;

    /// Long words of softmax models are evaluated one by one, in balls.
    std::uint64_t most_guesses() const {
        if (q_.length <= soft::longest_in_part) return 4096;
        return decide::is_soft(q_.model) || decide::is_soft(q_.other) ? together : 256;
    }

    bool is_done() {
        if (!result_.limit) result_.limit = limits_.exceeded();
        return result_.limit || result_.difference;
    }

    Word guessed() {
        const bool near = !highest_.empty() && random_.chance(1, 2);
        return near ? decide::guess_near(random_, symbols_, highest_)
                    : decide::guess(random_, symbols_, static_cast<std::size_t>(q_.length));
    }

    void guess() {
        while (result_.words < most_guesses() && !is_done()) {
            if (options_.progress) options_.progress(fmt::format("{} of {} guesses", result_.words, most_guesses()));
            std::vector<Word> words;
            for (std::uint64_t k = 0; k < together; ++k) words.push_back(guessed());
            const std::vector<Pair::Answers> answers = pair_.ask_each(words);
            for (std::size_t k = 0; k < answers.size() && !is_done(); ++k) look(words[k], answers[k]);
        }
    }

    void look(const Word& word, const Pair::Answers& answers) {
        for (const Answer* answer : {&answers.model, &answers.other})
            if (answer->limit) result_.limit = answer->limit;
        if (result_.limit) return;
        ++result_.words;
        if (answers.differ()) result_.difference = Difference{word, *answers.model.accepts, {}};
        const double height = height_of(score_of(answers.model), score_of(answers.other));
        if (height > most_) most_ = height, highest_ = word;
    }

    void climb() {
        const Disagreement landscape(q_, pair_);
        if (!landscape.has_slope()) return;
        if (options_.progress) options_.progress("along the gradient to a difference");
        decide::climb(
            landscape, symbols_, [&](const Word& best) { return start(best); }, [&] { return is_done(); },
            [&](const Word& word, double height) {
                if (!(height > 0)) return true;
                look(word, pair_.ask(word));
                return !is_done();
            });
    }

    Word start(const Word& best) {
        if (best.empty() && !highest_.empty()) return highest_;
        if (!best.empty() && random_.chance(1, 4)) return decide::guess_near(random_, symbols_, best);
        return decide::guess(random_, symbols_, static_cast<std::size_t>(q_.length));
    }

    const Question& q_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    std::size_t symbols_;
    base::Random random_;
    Pair pair_;
    Searched result_;
    double most_ = -std::numeric_limits<double>::infinity();
    Word highest_;
};

}  // namespace

Searched search_difference(const Question& question, const decide::ProveOptions& options, const base::Limits& limits) {
    return Search(question, options, limits).run();
}

verdict::Undecided too_many_words(const Question& question, const decide::ProveOptions& options,
                                  const Searched& searched) {
    if (searched.limit)
        return {verdict::reason_of(*searched.limit), fmt::format("after {} guesses, of more than {} words of length {}",
                                                                 searched.words, options.most_words, question.length)};
    return {verdict::Reason::memory, fmt::format("more than {} words of length {}, and no difference among {} guesses",
                                                 options.most_words, question.length, searched.words)};
}

bool found_nothing(const Outcome& searched) {
    const verdict::Undecided* why = searched.undecided();
    return why != nullptr && why->reason == verdict::Reason::memory;
}

}  // namespace attest::equal
