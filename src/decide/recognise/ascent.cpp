#include "ascent.hpp"

#include <algorithm>
#include <cmath>

#include "guesses.hpp"
#include "regions.hpp"
#include "soft/gradient.hpp"

namespace attest::decide {

namespace {

class Climber {
  public:
    Climber(const Question& question, std::uint64_t seed)
        : q_(question),
          symbols_(question.model.alphabet.size()),
          length_(static_cast<std::size_t>(question.length)),
          random_(seed),
          gradient_(question.model, question.length) {
        for (const bool member : {true, false})
            if (const std::optional<soft::Side> side = side_of(question, member)) {
                soft::Paths paths(soft::Region::all(static_cast<std::uint32_t>(length_)), *side, symbols_);
                if (!paths.empty()) sides_.push_back(std::move(paths));
            }
    }

    void climb(const std::function<bool()>& is_over, const std::function<bool(const language::Word&, double)>& visit) {
        const std::uint64_t steps = most_steps();
        double most = -INFINITY;
        language::Word best;
        for (std::uint64_t step = 0, climbs = 0; step < steps || climbs < fewest_climbs; ++climbs) {
            language::Word word = start(best);
            double wrong = wrongness(word, gradient_.score(word));
            do {
                if (is_over()) return;
                ++step;
            } while (advance(word, wrong));
            if (!(wrong > most)) continue;
            most = wrong, best = word;
            if (!visit(word, wrong)) return;
        }
    }

  private:
    static constexpr std::uint64_t fewest_climbs = 8;
    static constexpr std::size_t most_tried = 12;  ///< of the changes, by exact evaluation

    /// A symbol changed (then `other` is `at`), or two exchanged.
    struct Change {
        std::size_t at, other;
        language::Symbol symbol;
        double promise;
    };

    std::uint64_t most_steps() const {
        constexpr double worth = 0x1p33, most = 2048;
        const auto n = static_cast<double>(length_ + 2), d = static_cast<double>(q_.model.dimension);
        double cost = 1;
        for (const network::Layer& layer : q_.model.layers) {
            if (layer.attention) cost += 4 * n * d * d + 2 * n * n * d;
            for (std::size_t k = 0; layer.feedforward && k < layer.feedforward->maps.size(); ++k)
                cost += n * d * static_cast<double>(layer.feedforward->maps[k].outputs());
        }
        return static_cast<std::uint64_t>(std::min(most, worth / (cost * (3 + most_tried))));
    }

    double wrongness(const language::Word& word, double score) const {
        language::Word meant;
        for (const language::Symbol s : word) meant.push_back(q_.meaning[s]);
        return q_.language.contains(meant) ? -score : score;
    }

    language::Word start(const language::Word& best) {
        const std::uint64_t way = random_.below(4);
        if (way == 0 && !best.empty()) return guess_near(random_, symbols_, best);
        if (way < 3 && !sides_.empty()) return sides_[random_.below(sides_.size())].random_word(random_);
        return guess(random_, symbols_, length_);
    }

    static language::Word changed(language::Word word, const Change& change) {
        if (change.at == change.other) word[change.at] = change.symbol;
        else std::swap(word[change.at], word[change.other]);
        return word;
    }

    /// Changes with what the gradient promises of them, the best first.
    std::vector<Change> changes(const language::Word& word) const {
        const soft::Gradient::Slopes slopes = gradient_.slopes(word);
        std::vector<Change> result;
        const auto consider = [&](Change change, double moved) {
            change.promise = wrongness(changed(word, change), slopes.score + moved);
            result.push_back(change);
        };
        for (std::size_t p = 0; p < length_; ++p) {
            for (std::size_t s = 0; s < symbols_; ++s)
                if (s != word[p]) consider({p, p, static_cast<language::Symbol>(s), 0}, slopes.change[p][s]);
            for (std::size_t q = 0; q < p; ++q)
                if (word[p] != word[q]) consider({p, q, 0, 0}, slopes.change[p][word[q]] + slopes.change[q][word[p]]);
        }
        const auto kept = std::min(result.size(), most_tried);
        std::partial_sort(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(kept), result.end(),
                          [](const Change& a, const Change& b) { return a.promise > b.promise; });
        result.resize(kept);
        return result;
    }

    /// To the best of the changes that promise most; false: none is better.
    bool advance(language::Word& word, double& wrong) const {
        std::optional<language::Word> best;
        for (const Change& change : changes(word)) {
            language::Word next = changed(word, change);
            const double found = wrongness(next, gradient_.score(next));
            if (found > wrong) wrong = found, best = std::move(next);
        }
        if (best) word = std::move(*best);
        return best.has_value();
    }

    const Question& q_;
    std::size_t symbols_, length_;
    base::Random random_;
    soft::Gradient gradient_;
    std::vector<soft::Paths>
        sides_;  ///< all words of the language, all others; none where it has no automaton of a size to be built
};

}  // namespace

void climb_to_mistakes(const Question& question, std::uint64_t seed, const std::function<bool()>& is_over,
                       const std::function<bool(const language::Word&, double)>& visit) {
    if (question.length < 1) return;
    Climber(question, seed).climb(is_over, visit);
}

}  // namespace attest::decide
