#include <algorithm>
#include <set>

#include "attest/decide/induction/induction.hpp"
#include "parameters.hpp"

// The language of a model. A word has one run whose guesses are right, among others that break off; so the automaton's states are
// sets of states of the machine, and whether the word is accepted if it ends here.

namespace attest::induction {

namespace {

constexpr std::size_t most_sets = std::size_t{1} << 20;

class Determiniser {
  public:
    Determiniser(Machine& machine, const network::Transformer& model, const base::Limits& limits)
        : machine_(machine), model_(model), limits_(limits) {}

    /// Nothing where a limit was exceeded.
    std::optional<language::Dfa> run() {
        language::Dfa dfa{model_.alphabet, 0, {}, {}};
        reach(starts(), is_empty_accepted());
        for (std::size_t k = 0; k < sets_.size(); ++k) {
            if (limits_.exceeded()) return std::nullopt;
            if (sets_.size() > most_sets) throw base::Unsupported("the model's automaton has more than 2^20 states");
            auto& row = dfa.transition.emplace_back();
            for (language::Symbol a = 0; a < model_.alphabet.size(); ++a) row.push_back(read(k, a));
        }
        for (std::uint32_t k = 0; k < sets_.size(); ++k) dfa.accepting.push_back(sets_[k].second);
        return dfa;
    }

    std::size_t states() const { return states_.size(); }

  private:
    using Set = std::set<std::uint32_t>;

    Set starts() {
        const Machine::State start = machine_.start();
        if (!model_.begin) return {states_.number(start)};
        Set set;
        for (const Machine::State& state : machine_.step(start, Machine::begin)) set.insert(states_.number(state));
        return set;
    }

    bool is_empty_accepted() {
        if (!model_.end) return model_.begin && machine_.last(machine_.start(), Machine::begin).value_or(false);
        return accepts_at_end(starts());
    }

    bool accepts_at_end(const Set& set) {
        return std::any_of(set.begin(), set.end(),
                           [&](std::uint32_t s) { return machine_.last(states_[s], Machine::end).value_or(false); });
    }

    std::uint32_t reach(const Set& set, bool accepted) { return sets_.number({set, accepted}); }

    std::uint32_t read(std::size_t k, language::Symbol a) {
        const Set from = sets_[static_cast<std::uint32_t>(k)].first;
        Set to;
        bool accepted = false;
        for (const std::uint32_t s : from) {
            const Machine::State state = states_[s];
            if (!model_.end) accepted = accepted || machine_.last(state, a).value_or(false);
            for (Machine::State& next : machine_.step(state, a)) to.insert(states_.number(std::move(next)));
        }
        if (model_.end) accepted = accepts_at_end(to);
        return reach(to, accepted);
    }

    Machine& machine_;
    const network::Transformer& model_;
    const base::Limits& limits_;
    base::Interner<Machine::State> states_;
    base::Interner<std::pair<Set, bool>> sets_;
};

}  // namespace

std::optional<ModelLanguage> language_of(const network::Transformer& model, const base::Limits& limits) {
    return with_machine(model, [&](Machine& machine, const Parameters& p) -> std::optional<ModelLanguage> {
        for (;;) {
            machine.restart();
            Determiniser determiniser(machine, model, limits);
            const std::optional<language::Dfa> dfa = determiniser.run();
            if (!dfa) return std::nullopt;
            if (machine.grew()) continue;
            return ModelLanguage{language::minimize(*dfa), determiniser.states(), p.first, p.period, p.window};
        }
    });
}

}  // namespace attest::induction
