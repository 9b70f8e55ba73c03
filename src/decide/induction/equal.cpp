#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <unordered_set>

#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/network/evaluate.hpp"
#include "steps.hpp"
#include "whole.hpp"

// Two models at every length. A word has one run of each machine whose guesses are right, so that in the pairs of states that it
// leads to each of the two says once what it says of the word; a pair in which both say something, and not the same, is a
// difference. Both machines have read all words before, so that neither grows.

namespace attest::induction {

namespace {

using language::Symbol;
using language::Word;

class PairSearch {
  public:
    PairSearch(const EqualQuestion& question, const Whole& model, const Whole& other, const base::Limits& limits)
        : q_(question),
          model_(*model.machine, question.model),
          other_(*other.machine, question.other),
          limits_(limits) {}

    std::variant<verdict::Undecided, std::uint64_t, Difference> run() {
        if (q_.from == 0) hold(model_.empty_word(), other_.empty_word(), {});
        for (const Steps::Number s : model_.starts())
            for (const Steps::Number t : other_.starts()) reach(s, t, none, 0);
        for (std::size_t k = 0; k < pairs_.size() && !difference_; ++k) {
            if (k % 16 == 0)
                if (const auto limit = limits_.exceeded())
                    return verdict::Undecided{verdict::reason_of(*limit), fmt::format("after {} pairs of states", k)};
            if (pairs_.size() > most_states)
                return verdict::Undecided{verdict::Reason::memory,
                                          fmt::format("the machines have more than {} pairs of states", most_states)};
            for (Symbol a = 0; a < q_.letters.size() && !difference_; ++a) read(static_cast<std::uint32_t>(k), a);
        }
        if (difference_) return std::move(*difference_);
        return std::uint64_t{pairs_.size()};
    }

  private:
    static constexpr std::uint32_t none = UINT32_MAX;

    struct Pair {
        Steps::Number model, other;
        std::uint32_t before;  ///< the pair from which it was reached first; none: a start
        Symbol letter;
    };

    bool hold(const Steps::Answers& model, const Steps::Answers& other, const Word& word) {
        if (!model.contradict(other)) return true;
        difference_ = {word, model.accept && other.reject};
        return false;
    }

    void reach(Steps::Number model, Steps::Number other, std::uint32_t before, Symbol letter) {
        const std::uint64_t key = (std::uint64_t{model} << 32) | other;
        if (seen_.insert(key).second) pairs_.push_back({model, other, before, letter});
    }

    void read(std::uint32_t k, Symbol a) {
        const Pair pair = pairs_[k];
        const Steps::Move& model = model_.move(pair.model, a);
        const Steps::Move& other = other_.move(pair.other, q_.letters[a]);
        if (model.answers.contradict(other.answers) && !hold(model.answers, other.answers, word_to(k, a))) return;
        for (const Steps::Number s : model.to)
            for (const Steps::Number t : other.to) reach(s, t, k, a);
    }

    Word word_to(std::uint32_t pair, Symbol last) const {
        Word word{last};
        for (; pairs_[pair].before != none; pair = pairs_[pair].before) word.push_back(pairs_[pair].letter);
        std::reverse(word.begin(), word.end());
        return word;
    }

    const EqualQuestion& q_;
    Steps model_, other_;
    const base::Limits& limits_;
    std::vector<Pair> pairs_;
    std::unordered_set<std::uint64_t> seen_;
    std::optional<Difference> difference_;
};

/// Both answers again, by definition.
Difference replayed(const EqualQuestion& q, const Difference& found) {
    Word read;
    for (const Symbol a : found.word) read.push_back(q.letters[a]);
    const auto accepts = [](const network::Transformer& t, const Word& word) {
        return network::Evaluator(t, static_cast<std::int64_t>(word.size())).evaluate(word).accepts;
    };
    if (accepts(q.model, found.word) != found.model || accepts(q.other, read) == found.model)
        throw base::InternalError("the sequential machines and the evaluator disagree on \"" +
                                  q.model.alphabet.spell(found.word) + "\": please report this");
    return found;
}

/// The machine of one of the two, whose name messages begin with.
std::variant<verdict::Undecided, Whole> machine_of(const network::Transformer& model, const char* which,
                                                   const base::Limits& limits) {
    try {
        return whole_machine(model, limits);
    } catch (const base::Unsupported& reason) {
        throw base::Unsupported(fmt::format("{}: {}", which, reason.what()));
    }
}

Scale scale_of(const Parameters& p) { return {p.first, p.period, p.window}; }

EqualOutcome compare(const EqualQuestion& q, const base::Limits& limits,
                     const std::function<void(const std::string&)>& progress) {
    const auto model = machine_of(q.model, "the first model", limits);
    if (const auto* stopped = std::get_if<verdict::Undecided>(&model)) return {*stopped, 0};
    const auto other = machine_of(q.other, "the second model", limits);
    if (const auto* stopped = std::get_if<verdict::Undecided>(&other)) return {*stopped, 0};
    const Whole &first = std::get<Whole>(model), &second = std::get<Whole>(other);
    if (progress) progress(fmt::format("machines of {} and {} states", first.states, second.states));
    auto found = PairSearch(q, first, second, limits).run();
    if (auto* stopped = std::get_if<verdict::Undecided>(&found)) return {std::move(*stopped), 0};
    if (const auto* difference = std::get_if<Difference>(&found)) return {replayed(q, *difference), 0};
    return {JointClosure{std::get<std::uint64_t>(found), scale_of(first.parameters), scale_of(second.parameters)}, 0};
}

}  // namespace

EqualOutcome equal(const EqualQuestion& question, const base::Limits& limits,
                   const std::function<void(const std::string&)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    if (question.from < std::max(least_length(question.model), least_length(question.other)))
        throw base::UsageError(
            "--length: expected 1.., since one of the models has no begin and no end symbol and so says nothing of the "
            "empty word");
    EqualOutcome outcome = compare(question, limits, progress);
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace attest::induction
