#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "attest/base/error.hpp"
#include "plans.hpp"

// A language is L-trivial iff its mirror image is R-trivial. What sees the symbols further left and is read at the last position, for
// the mirror image, is turned around: it sees those further right, takes the last of equal scores, and the answer is that of the first position.

namespace attest::build {

namespace {

using State = language::Dfa::State;
using States = std::vector<State>;

constexpr std::size_t most_sets = 1 << 14;

/// The states from which a symbol leads into a set.
States before(const language::Dfa& automaton, const States& set, language::Symbol a) {
    std::vector<bool> is_in(automaton.size(), false);
    for (const State q : set) is_in[q] = true;
    States found;
    for (State q = 0; q < automaton.size(); ++q)
        if (is_in[automaton.transition[q][a]]) found.push_back(q);
    return found;
}

}  // namespace

// All states of the automaton can be reached, so two of its sets that differ are told apart by a word: the sets are the states of the
// minimal automaton (Brzozowski 1962).
language::Dfa reversed_automaton(const language::Dfa& automaton, const base::Limits& limits) {
    language::Dfa image{automaton.alphabet, 0, {}, {}};
    std::map<States, State> numbers;
    std::vector<States> sets;
    const auto number_of = [&](States set) {
        const auto [at, is_new] = numbers.emplace(std::move(set), static_cast<State>(sets.size()));
        if (is_new) sets.push_back(at->first);
        return at->second;
    };
    States accepting;
    for (State q = 0; q < automaton.size(); ++q)
        if (automaton.accepting[q]) accepting.push_back(q);
    number_of(std::move(accepting));
    for (std::size_t k = 0; k < sets.size(); ++k) {
        if (sets.size() > most_sets || limits.exceeded())
            throw base::Unsupported(fmt::format(
                "build: the minimal automaton of the mirror image has more than {} states, or a limit was reached",
                most_sets));
        const States set = sets[k];
        image.accepting.push_back(std::binary_search(set.begin(), set.end(), automaton.start));
        auto& row = image.transition.emplace_back();
        for (language::Symbol a = 0; a < automaton.alphabet.size(); ++a)
            row.push_back(number_of(before(automaton, set, a)));
    }
    return image;
}

StagePlan mirrored_exits_plan(const language::Dfa& automaton, const base::Limits& limits) {
    StagePlan plan = exits_plan(reversed_automaton(automaton, limits));
    plan.mask = network::Mask::strict_future;
    plan.tie = network::Tie::right;
    return plan;
}

}  // namespace attest::build
