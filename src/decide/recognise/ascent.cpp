#include "ascent.hpp"

#include "climb.hpp"
#include "guesses.hpp"
#include "regions.hpp"
#include "soft/gradient.hpp"

namespace attest::decide {

namespace {

using language::Word;

/// How wrong a model is on words.
class Wrongness final : public Landscape {
  public:
    explicit Wrongness(const Question& question) : q_(question), gradient_(question.model, question.length) {}

    double height(const Word& word) const override { return wrong(word, gradient_.score(word)); }

    std::vector<double> promises(const Word& word, const std::vector<Change>& changes) const override {
        const soft::Gradient::Slopes slopes = gradient_.slopes(word);
        std::vector<double> result;
        for (const Change& change : changes) {
            const Word next = change.made(word);
            result.push_back(wrong(next, slopes.score + slopes.moved(word, next, {change.at, change.other})));
        }
        return result;
    }

    double cost() const override { return gradient_.cost(); }

  private:
    double wrong(const Word& word, double score) const {
        Word meant;
        for (const language::Symbol s : word) meant.push_back(q_.meaning[s]);
        return q_.language.contains(meant) ? -score : score;
    }

    const Question& q_;
    soft::Gradient gradient_;
};

/// All words of the language, all others; none where it has no automaton of a size to be built.
std::vector<soft::Paths> sides_of(const Question& question) {
    std::vector<soft::Paths> sides;
    for (const bool member : {true, false})
        if (const std::optional<soft::Side> side = side_of(question, member)) {
            soft::Paths paths(soft::Region::all(static_cast<std::uint32_t>(question.length)), *side,
                              question.model.alphabet.size());
            if (!paths.empty()) sides.push_back(std::move(paths));
        }
    return sides;
}

}  // namespace

void climb_to_mistakes(const Question& question, std::uint64_t seed, const std::function<bool()>& is_over,
                       const std::function<bool(const Word&, double)>& visit) {
    if (question.length < 1) return;
    const std::size_t symbols = question.model.alphabet.size(), length = static_cast<std::size_t>(question.length);
    const std::vector<soft::Paths> sides = sides_of(question);
    base::Random random(seed);
    const auto start = [&](const Word& best) {
        const std::uint64_t way = random.below(4);
        if (way == 0 && !best.empty()) return guess_near(random, symbols, best);
        if (way < 3 && !sides.empty()) return sides[random.below(sides.size())].random_word(random);
        return guess(random, symbols, length);
    };
    climb(Wrongness(question), symbols, start, is_over, visit);
}

}  // namespace attest::decide
