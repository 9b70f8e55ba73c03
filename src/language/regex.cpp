// From a pattern to its minimal automaton: syntax tree, Thompson's automaton, subset construction (Rabin and
// Scott 1959), minimisation. The subset construction may blow up, so its states and its work are both
// bounded; the bounds count steps, not seconds, so that the answer is the same on every machine.

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "attest/base/interner.hpp"
#include "attest/language/dfa.hpp"
#include "thompson.hpp"

namespace attest::language {

namespace {

constexpr std::uint64_t most_steps = 100'000'000;

using Subset = std::vector<Nfa::State>;

struct SubsetHash {
    std::size_t operator()(const Subset& subset) const {
        std::uint64_t hash = 14695981039346656037u;  // Fowler, Noll, Vo
        for (const Nfa::State q : subset) hash = (hash ^ q) * 1099511628211u;
        return static_cast<std::size_t>(hash);
    }
};

class SubsetConstruction {
  public:
    SubsetConstruction(const Nfa& nfa, const Alphabet& alphabet, const std::string& where, std::size_t state_limit)
        : nfa_(nfa), where_(where), most_states_(state_limit), seen_(nfa.size(), 0), result_{alphabet, 0, {}, {}} {}

    Dfa run() {
        number(closure({nfa_.start}));
        for (Dfa::State i = 0; i < subsets_.size(); ++i) {
            std::vector<Dfa::State> row;
            for (Symbol s = 0; s < result_.alphabet.size(); ++s) row.push_back(number(closure(step(i, s))));
            result_.transition.push_back(std::move(row));
        }
        return std::move(result_);
    }

  private:
    void spend(std::size_t steps) {
        steps_ += steps;
        if (steps_ > most_steps)
            throw base::Unsupported(
                fmt::format("{}: making its automaton takes more than {} steps", where_, most_steps));
    }

    Subset step(Dfa::State subset, Symbol symbol) {
        Subset targets;
        spend(subsets_[subset].size() + 1);
        for (const Nfa::State q : subsets_[subset])
            if (const auto& move = nfa_.move[q]; move && nfa_.sets[move->set][symbol]) targets.push_back(move->target);
        return targets;
    }

    /// The states that empty moves lead to. Of these only the ones that read a symbol or accept are kept:
    /// they decide all that follows, and fewer subsets differ.
    Subset closure(Subset pending) {
        Subset kept;
        ++round_;
        for (const Nfa::State q : pending) seen_[q] = round_;
        while (!pending.empty()) {
            const Nfa::State q = pending.back();
            pending.pop_back();
            if (nfa_.move[q] || q == nfa_.accept) kept.push_back(q);
            spend(1 + nfa_.empty_moves[q].size());
            for (const Nfa::State target : nfa_.empty_moves[q]) {
                if (seen_[target] == round_) continue;
                seen_[target] = round_;
                pending.push_back(target);
            }
        }
        std::sort(kept.begin(), kept.end());
        // Two moves may end in one state, which is then pending twice.
        kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
        return kept;
    }

    Dfa::State number(Subset subset) {
        const Dfa::State state = subsets_.number(std::move(subset));
        if (state < result_.accepting.size()) return state;
        if (state == most_states_)
            throw base::Unsupported(
                fmt::format("{}: its automaton has more than {} states before it is minimised", where_, most_states_));
        const Subset& kept = subsets_[state];
        result_.accepting.push_back(std::binary_search(kept.begin(), kept.end(), nfa_.accept));
        return state;
    }

    const Nfa& nfa_;
    const std::string& where_;
    std::size_t most_states_;
    std::uint64_t steps_ = 0;
    std::vector<std::uint32_t> seen_;  // the round in which a state was last seen
    std::uint32_t round_ = 0;
    base::Interner<Subset, std::unordered_map<Subset, Dfa::State, SubsetHash>> subsets_;
    Dfa result_;
};

}  // namespace

Dfa parse_regex(const std::string& pattern, const Alphabet& alphabet, const std::string& where,
                std::size_t state_limit) {
    const Nfa nfa = thompson(parse_regex_syntax(pattern, where), alphabet, where);
    return minimize(SubsetConstruction(nfa, alphabet, where, state_limit).run());
}

}  // namespace attest::language
