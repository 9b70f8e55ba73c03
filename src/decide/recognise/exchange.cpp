#include "decide/recognise/exchange.hpp"

#include <algorithm>
#include <set>
#include <utility>

// Symbols of a class can be permuted freely if those of two neighbours within it can be exchanged. After a common
// beginning the two words run through pairs of states; from the second place on, a pair of one state twice is done with.

namespace attest::decide {

namespace {

using State = language::Dfa::State;
using Pairs = std::set<std::pair<State, State>>;

class Exchange {
  public:
    Exchange(const language::Dfa& automaton, std::vector<language::Symbol> letters, std::int64_t length)
        : dfa_(automaton), letters_(std::move(letters)), length_(length) {
        std::sort(letters_.begin(), letters_.end());
        letters_.erase(std::unique(letters_.begin(), letters_.end()), letters_.end());
        reached_.push_back({dfa_.start});
        for (std::int64_t p = 0; p < length_; ++p) {
            std::set<State> after;
            for (const State s : reached_.back())
                for (const language::Symbol a : letters_) after.insert(next(s, a));
            reached_.push_back(std::move(after));
        }
    }

    bool is_silent(std::int64_t first, std::int64_t second) const {
        for (const language::Symbol x : letters_)
            for (const language::Symbol y : letters_)
                if (x < y && !is_silent(first, second, x, y)) return false;
        return true;
    }

  private:
    State next(State s, language::Symbol a) const { return dfa_.transition[s][a]; }

    bool is_silent(std::int64_t first, std::int64_t second, language::Symbol x, language::Symbol y) const {
        Pairs between;
        for (const State s : reached_[static_cast<std::size_t>(first)]) between.emplace(next(s, x), next(s, y));
        for (std::int64_t p = first + 1; p < second; ++p) between = step(between);
        Pairs apart;
        for (const auto& [s, t] : between) keep_apart(apart, next(s, y), next(t, x));
        for (std::int64_t p = second + 1; p < length_ && !apart.empty(); ++p) {
            Pairs later;
            for (const auto& [s, t] : step(apart)) keep_apart(later, s, t);
            apart = std::move(later);
        }
        return std::all_of(apart.begin(), apart.end(),
                           [&](const auto& pair) { return dfa_.accepting[pair.first] == dfa_.accepting[pair.second]; });
    }

    static void keep_apart(Pairs& pairs, State s, State t) {
        if (s != t) pairs.emplace(s, t);
    }
    Pairs step(const Pairs& pairs) const {
        Pairs result;
        for (const auto& [s, t] : pairs)
            for (const language::Symbol a : letters_) result.emplace(next(s, a), next(t, a));
        return result;
    }

    const language::Dfa& dfa_;
    std::vector<language::Symbol> letters_;
    std::int64_t length_;
    std::vector<std::set<State>> reached_;  ///< by the number of symbols read
};

}  // namespace

bool is_by_counts(const Question& question, const soft::Classes& classes) {
    if (std::holds_alternative<language::Majority>(question.language.form())) return true;
    const auto* regular = std::get_if<language::Regular>(&question.language.form());
    if (regular == nullptr) return false;
    const Exchange exchange(regular->automaton, question.meaning, question.length);
    return std::all_of(classes.begin(), classes.end(), [&](const std::vector<std::int64_t>& positions) {
        for (std::size_t k = 1; k < positions.size(); ++k)
            if (!exchange.is_silent(positions[k - 1], positions[k])) return false;
        return true;
    });
}

}  // namespace attest::decide
