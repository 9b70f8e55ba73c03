#include <map>
#include <tuple>

#include "plans.hpp"

// In an R-trivial automaton a run stays in a state, leaves it, and never comes back. After layer l a position holds its
// symbol, the state before it of the run that goes on after at most l exits, and how many it has made. The head of the next
// layer looks for the first position before at which that run leaves a state for the (l + 1)-th time, and copies where to.

namespace attest::build {

namespace {

using language::Symbol;
using State = language::Dfa::State;

/// Symbol, state before it, exits so far.
using Held = std::tuple<Symbol, State, std::size_t>;

class Exits {
  public:
    explicit Exits(const language::Dfa& automaton) : automaton_(automaton) {}

    StagePlan run() {
        StagePlan plan{automaton_.alphabet, "", network::Tie::left};
        for (Symbol a = 0; a < automaton_.alphabet.size(); ++a) {
            plan.first.push_back({a});
            held_.emplace_back(a, automaton_.start, 0);
        }
        plan.values = static_cast<std::uint32_t>(held_.size());
        for (std::size_t exits = 0; leaves(exits); ++exits) plan.stages.push_back(stage(exits));
        for (const auto& [a, state, exits] : held_) plan.accepts.push_back(automaton_.accepting[target(state, a)]);
        plan.accepts_empty = automaton_.accepting[automaton_.start];
        return plan;
    }

  private:
    State target(State q, Symbol a) const { return automaton_.transition[q][a]; }

    /// Whether the run after so many exits can leave its state once more.
    bool leaves(std::size_t exits) const {
        for (const auto& [a, state, made] : held_)
            if (made == exits && target(state, a) != state) return true;
        return false;
    }

    Stage stage(std::size_t exits) {
        std::map<State, std::uint32_t> slots;
        Stage stage;
        for (const auto& [a, state, made] : held_) {
            Stage::Key& key = stage.keys.emplace_back();
            key.is_sought = made == exits && target(state, a) != state;
            if (key.is_sought)
                key.copies = slots.emplace(target(state, a), static_cast<std::uint32_t>(slots.size())).first->second;
        }
        stage.copied = static_cast<std::uint32_t>(slots.size());
        std::vector<Held> next;
        std::map<Held, std::uint32_t> numbers;
        const auto move = [&](std::uint32_t from, std::optional<std::uint32_t> copied, bool any, const Held& to) {
            const auto [at, is_new] = numbers.emplace(to, static_cast<std::uint32_t>(next.size()));
            if (is_new) next.push_back(to);
            stage.moves.push_back({from, copied, any, at->second});
        };
        for (std::uint32_t v = 0; v < held_.size(); ++v) {
            const auto& [a, state, made] = held_[v];
            const bool is_last = made == exits && can_leave(state);
            move(v, {}, !is_last, held_[v]);
            for (const auto& [to, slot] : slots)
                if (is_last && leads(state, to)) move(v, slot, false, {a, to, exits + 1});
        }
        stage.values = static_cast<std::uint32_t>(next.size());
        held_ = std::move(next);
        return stage;
    }

    bool can_leave(State q) const {
        for (const State to : automaton_.transition[q])
            if (to != q) return true;
        return false;
    }

    bool leads(State from, State to) const {
        for (const State next : automaton_.transition[from])
            if (next == to && to != from) return true;
        return false;
    }

    const language::Dfa& automaton_;
    std::vector<Held> held_;  ///< by value
};

}  // namespace

StagePlan exits_plan(const language::Dfa& automaton) { return Exits(automaton).run(); }

}  // namespace attest::build
