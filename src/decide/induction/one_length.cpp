#include "attest/decide/induction/one_length.hpp"

#include <algorithm>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "parameters.hpp"
#include "steps.hpp"

// One length by the machine of all lengths: the pairs of states that words lead to, symbol by symbol. Where the machine grows, what
// was found is void, and the words are read again.

namespace attest::induction {

namespace {

using language::Symbol;
using language::Word;

class LengthSearch {
  public:
    LengthSearch(const decide::Question& question, const language::Dfa& automaton, Machine& machine, std::uint64_t most,
                 const base::Limits& limits)
        : q_(question),
          automaton_(automaton),
          machine_(machine),
          steps_(machine, question.model),
          most_(most),
          limits_(limits) {}

    /// Gives  false where a limit was reached, or the machine grew
    bool run() {
        if (q_.length == 0) {
            judge(steps_.empty_word(), automaton_.start, 0, none, 0);
            return !machine_.grew();
        }
        layers_.emplace_back();
        for (const Steps::Number s : steps_.starts()) layers_.back().push_back({s, automaton_.start, none, 0});
        total_ = layers_.back().size();
        for (std::int64_t t = 1; t <= q_.length && !difference_; ++t)
            if (!read(t == q_.length)) return false;
        return !machine_.grew();
    }

    std::uint64_t pairs() const { return std::max<std::uint64_t>(total_, 1); }
    const std::optional<Word>& difference() const { return difference_; }

  private:
    static constexpr std::uint32_t none = UINT32_MAX;

    struct Pair {
        Steps::Number state;
        language::Dfa::State language;
        std::uint32_t before;  ///< in the layer before
        Symbol letter;
    };

    void judge(const Steps::Answers& says, language::Dfa::State at, std::size_t layer, std::uint32_t before, Symbol a) {
        const bool member = automaton_.accepting[at];
        if (difference_ || !says.contradict({member, !member})) return;
        Word& word = difference_.emplace();
        if (before == none) return;
        word.push_back(a);
        for (std::uint32_t p = before; layer > 0; --layer) {
            word.push_back(layers_[layer][p].letter);
            p = layers_[layer][p].before;
        }
        std::reverse(word.begin(), word.end());
    }

    /// One more symbol of all words.
    bool read(bool last) {
        const std::size_t layer = layers_.size() - 1;
        if (limits_.exceeded() || machine_.grew()) return false;
        std::vector<Pair> next;
        std::unordered_map<std::uint64_t, bool> seen;
        for (std::uint32_t p = 0; p < layers_[layer].size(); ++p)
            for (Symbol a = 0; a < q_.meaning.size(); ++a) {
                const Pair pair = layers_[layer][p];
                const language::Dfa::State to = automaton_.transition[pair.language][q_.meaning[a]];
                const Steps::Move& move = steps_.move(pair.state, a);
                if (last) {
                    judge(move.answers, to, layer, p, a);
                    continue;
                }
                for (const Steps::Number s : move.to)
                    if (seen.emplace((std::uint64_t{s} << 32) | to, true).second) next.push_back({s, to, p, a});
            }
        if (last) return true;
        total_ += next.size();
        layers_.push_back(std::move(next));
        return total_ <= most_;
    }

    const decide::Question& q_;
    const language::Dfa& automaton_;
    Machine& machine_;
    Steps steps_;
    std::uint64_t most_;
    const base::Limits& limits_;
    std::vector<std::vector<Pair>> layers_;
    std::uint64_t total_ = 0;
    std::optional<Word> difference_;
};

OneLength decided_at_length(const decide::Question& q, Machine& machine, const Parameters& p, std::uint64_t most,
                            const base::Limits& limits) {
    const language::Dfa automaton = automaton_of(q.language);
    for (;;) {
        machine.restart();
        LengthSearch search(q, automaton, machine, most, limits);
        const bool done = search.run();
        if (limits.exceeded()) return std::nullopt;
        if (machine.grew()) continue;
        if (!done) return std::nullopt;
        if (!search.difference()) return Closure{search.pairs(), p.first, p.period, p.window};
        const Word& word = *search.difference();
        Word meant;
        for (const Symbol a : word) meant.push_back(q.meaning[a]);
        const decide::Counterexample found{word, q.language.contains(meant),
                                           network::Evaluator(q.model, q.length).evaluate(word).accepts};
        if (found.actual == found.expected)
            throw base::InternalError("the sequential machine and the evaluator disagree on \"" +
                                      q.model.alphabet.spell(word) + "\": please report this");
        return found;
    }
}

}  // namespace

OneLength prove_at_length(const decide::Question& question, std::uint64_t most, const base::Limits& limits) {
    try {
        return with_machine(question.model, [&](const std::unique_ptr<Machine>& machine, const Parameters& p) {
            return decided_at_length(question, *machine, p, most, limits);
        });
    } catch (const base::Unsupported&) {
        return std::nullopt;
    }
}

}  // namespace attest::induction
