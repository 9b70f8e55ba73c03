#include <map>
#include <tuple>

#include "language/classify/cascade.hpp"
#include "plans.hpp"

// A position holds its symbol and two sets of states, in which the state before and after the symbol is as far as the levels
// so far know. At a level the head looks for the last position before at which the register of that level was set, and
// copies to which tile; where there is none the register is as at first. Then both sets are narrowed down.

namespace attest::build {

namespace {

using classify::Cascade;
using language::Symbol;

/// What a position holds: symbol, set before it, set after it.
using Known = std::tuple<Symbol, Cascade::Set, Cascade::Set>;

class Levels {
  public:
    Levels(const language::Dfa& automaton, std::uint64_t modulus, const base::Limits& limits)
        : automaton_(automaton), cascade_(classify::table_of(automaton), modulus, limits) {}

    StagePlan run() {
        StagePlan plan{automaton_.alphabet, "", network::Tie::right, cascade_.modulus(), {}, 0, {}, {}, false};
        for (Symbol a = 0; a < automaton_.alphabet.size(); ++a) {
            plan.first.emplace_back();
            for (std::uint64_t r = 0; r < cascade_.modulus(); ++r) {
                plan.first[a].push_back(static_cast<std::uint32_t>(known_.size()));
                known_.emplace_back(a, cascade_.root(r), cascade_.root(r + 1));
            }
        }
        plan.values = static_cast<std::uint32_t>(known_.size());
        for (std::size_t level = cascade_.height(); level > 0; --level)
            if (is_used(level)) plan.stages.push_back(stage(level));
            else narrow(level);
        for (const auto& [a, before, after] : known_)
            plan.accepts.push_back(automaton_.accepting[cascade_.sets()[after].states.front()]);
        plan.accepts_empty = automaton_.accepting[automaton_.start];
        return plan;
    }

  private:
    std::uint32_t initial(std::size_t level) const { return cascade_.initial()[level - 1]; }

    std::optional<std::uint32_t> reset(std::size_t level, const Known& known) const {
        return cascade_.reset(level, std::get<0>(known), std::get<1>(known), std::get<2>(known));
    }

    /// Whether the register is ever set to another tile than at first.
    bool is_used(std::size_t level) const {
        for (const Known& known : known_)
            if (reset(level, known).value_or(initial(level)) != initial(level)) return true;
        return false;
    }

    Cascade::Set tile(Cascade::Set set, std::size_t level, std::uint32_t number) const {
        return cascade_.sets()[set].height == level ? cascade_.sets()[set].tiles[number] : set;
    }

    /// What is known when the register held this tile before.
    Known narrowed(const Known& known, std::size_t level, std::uint32_t held) const {
        const auto& [a, before, after] = known;
        return {a, tile(before, level, held), tile(after, level, reset(level, known).value_or(held))};
    }

    void narrow(std::size_t level) {
        for (Known& known : known_) known = narrowed(known, level, initial(level));
    }

    /// Whether it matters what the register held.
    bool depends(const Known& known, std::size_t level) const {
        const auto height = [&](Cascade::Set set) { return cascade_.sets()[set].height; };
        return height(std::get<1>(known)) == level || (height(std::get<2>(known)) == level && !reset(level, known));
    }

    Stage stage(std::size_t level) {
        std::map<std::uint32_t, std::uint32_t> slots;  // tiles that are copied
        Stage stage;
        for (const Known& known : known_) {
            Stage::Key& key = stage.keys.emplace_back();
            const auto to = reset(level, known);
            key.is_sought = to.has_value();
            if (to && *to != initial(level))
                key.copies = slots.emplace(*to, static_cast<std::uint32_t>(slots.size())).first->second;
        }
        stage.copied = static_cast<std::uint32_t>(slots.size());
        std::vector<Known> next;
        std::map<Known, std::uint32_t> numbers;
        const auto move = [&](std::uint32_t from, std::optional<std::uint32_t> copied, bool any, const Known& to) {
            const auto [at, is_new] = numbers.emplace(to, static_cast<std::uint32_t>(next.size()));
            if (is_new) next.push_back(to);
            stage.moves.push_back({from, copied, any, at->second});
        };
        for (std::uint32_t v = 0; v < known_.size(); ++v) {
            const Known& known = known_[v];
            move(v, {}, !depends(known, level), narrowed(known, level, initial(level)));
            if (!depends(known, level)) continue;
            for (const auto& [number, slot] : slots)
                if (holds(known, level, number)) move(v, slot, false, narrowed(known, level, number));
        }
        stage.values = static_cast<std::uint32_t>(next.size());
        known_ = std::move(next);
        return stage;
    }

    /// Whether the set before has a tile of this number, if that is what the register tells.
    bool holds(const Known& known, std::size_t level, std::uint32_t number) const {
        const Cascade::Node& before = cascade_.sets()[std::get<1>(known)];
        return before.height != level || number < before.tiles.size();
    }

    const language::Dfa& automaton_;
    Cascade cascade_;
    std::vector<Known> known_;  ///< by value
};

}  // namespace

StagePlan cascade_plan(const language::Dfa& automaton, std::uint64_t modulus, const base::Limits& limits) {
    return Levels(automaton, modulus, limits).run();
}

}  // namespace attest::build
