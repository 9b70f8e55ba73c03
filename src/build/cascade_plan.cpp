#include <algorithm>
#include <map>
#include <tuple>

#include "language/classify/cascade.hpp"
#include "plans.hpp"

// A position holds its symbol and two sets of states, in which the state before and after the symbol is as far as the levels
// so far know. At a level the head looks for the last position before at which the register of that level was set, and
// copies to which tile; where there is none the register is as at first. Then both sets are narrowed down.
//
// Where a position sees itself, all positions of a block of one symbol are to hold the same: that of the block's symbol read once, which
// is enough for a language that does not count repetitions. What leaves a register still finds the last that set it, since nothing in
// its own block does. What sets it finds itself there, and so cannot see what it held before. It looks in a second layer for the last
// position that holds something else, which is the end of the block before: that has set the register itself, or, having left it, knows
// from the first layer what it holds.

namespace attest::build {

namespace {

using classify::Cascade;
using language::Symbol;

/// What a position holds: symbol, set before it, set after it.
using Known = std::tuple<Symbol, Cascade::Set, Cascade::Set>;

/// That, and what the register holds before a symbol that leaves it.
using Kept = std::pair<Known, std::optional<std::uint32_t>>;

/// The moves of a stage, and what is held after them.
template <typename Value>
class Moves {
  public:
    explicit Moves(Stage& stage) : stage_(stage) {}

    void add(std::uint32_t from, std::optional<std::uint32_t> copied, bool any, const Value& to) {
        const auto [at, is_new] = numbers_.emplace(to, static_cast<std::uint32_t>(values_.size()));
        if (is_new) values_.push_back(to);
        stage_.moves.push_back({from, copied, any, at->second});
    }
    std::vector<Value> finish() {
        stage_.values = static_cast<std::uint32_t>(values_.size());
        return std::move(values_);
    }

  private:
    Stage& stage_;
    std::vector<Value> values_;
    std::map<Value, std::uint32_t> numbers_;
};

class Levels {
  public:
    Levels(const language::Dfa& automaton, std::uint64_t modulus, const base::Limits& limits)
        : automaton_(automaton), cascade_(classify::table_of(automaton), modulus, limits) {}

    StagePlan run(network::Mask mask) {
        StagePlan plan{automaton_.alphabet, "", network::Tie::right, mask, cascade_.modulus()};
        for (Symbol a = 0; a < automaton_.alphabet.size(); ++a) {
            plan.first.emplace_back();
            for (std::uint64_t r = 0; r < cascade_.modulus(); ++r) {
                plan.first[a].push_back(static_cast<std::uint32_t>(known_.size()));
                known_.emplace_back(a, cascade_.root(r), cascade_.root(r + 1));
            }
        }
        plan.values = static_cast<std::uint32_t>(known_.size());
        for (std::size_t level = cascade_.height(); level > 0; --level)
            if (!is_used(level)) narrow(level);
            else if (mask == network::Mask::causal && asks_before_itself(level)) add_block_stages(plan, level);
            else plan.stages.push_back(stage(level));
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

    /// Tiles that are copied, each with its place.
    using Slots = std::map<std::uint32_t, std::uint32_t>;

    /// Those that set the register are sought, and copied is what they set it to.
    Slots add_keys(Stage& stage, std::size_t level) const {
        Slots slots;
        for (const Known& known : known_) {
            Stage::Key& key = stage.keys.emplace_back();
            const auto to = reset(level, known);
            key.is_sought = to.has_value();
            if (to && *to != initial(level))
                key.copies = slots.emplace(*to, static_cast<std::uint32_t>(slots.size())).first->second;
        }
        stage.copied = static_cast<std::uint32_t>(slots.size());
        return slots;
    }

    Stage stage(std::size_t level) {
        Stage stage;
        const Slots slots = add_keys(stage, level);
        Moves<Known> moves(stage);
        for (std::uint32_t v = 0; v < known_.size(); ++v) {
            const Known& known = known_[v];
            moves.add(v, {}, !depends(known, level), narrowed(known, level, initial(level)));
            if (!depends(known, level)) continue;
            for (const auto& [number, slot] : slots)
                if (holds(known, level, number)) moves.add(v, slot, false, narrowed(known, level, number));
        }
        known_ = moves.finish();
        return stage;
    }

    /// Whether a position that sets the register has to know what it held before.
    bool asks_before_itself(std::size_t level) const {
        return std::any_of(known_.begin(), known_.end(),
                           [&](const Known& known) { return reset(level, known) && depends(known, level); });
    }

    /// A layer for those that leave the register, which see the last that set it, and one for those that set it.
    void add_block_stages(StagePlan& plan, std::size_t level) {
        const std::vector<Kept> held = add_leaving_stage(plan, level);
        Slots slots;
        Stage stage;
        for (std::uint32_t v = 0; v < held.size(); ++v) {
            const auto& [known, tile] = held[v];
            Stage::Key& key = stage.keys.emplace_back();
            const std::uint32_t after = tile ? *tile : reset(level, known).value();
            if (after != initial(level))
                key.copies = slots.emplace(after, static_cast<std::uint32_t>(slots.size())).first->second;
            if (!tile && depends(known, level)) stage.differing.push_back(v);
        }
        stage.copied = static_cast<std::uint32_t>(slots.size());
        Moves<Known> moves(stage);
        for (std::uint32_t v = 0; v < held.size(); ++v) {
            const auto& [known, tile] = held[v];
            const bool asks = !tile && depends(known, level);
            moves.add(v, {}, !asks, narrowed(known, level, tile.value_or(initial(level))));
            for (const auto& [number, slot] : slots)
                if (asks && holds(known, level, number)) moves.add(v, slot, false, narrowed(known, level, number));
        }
        known_ = moves.finish();
        plan.stages.push_back(std::move(stage));
    }

    std::vector<Kept> add_leaving_stage(StagePlan& plan, std::size_t level) {
        Stage stage;
        const Slots slots = add_keys(stage, level);
        Moves<Kept> moves(stage);
        for (std::uint32_t v = 0; v < known_.size(); ++v) {
            const Known& known = known_[v];
            if (reset(level, known)) {
                moves.add(v, {}, true, {known, {}});
                continue;
            }
            moves.add(v, {}, false, {known, initial(level)});
            for (const auto& [number, slot] : slots)
                if (holds(known, level, number)) moves.add(v, slot, false, {known, number});
        }
        std::vector<Kept> held = moves.finish();
        plan.stages.push_back(std::move(stage));
        return held;
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
    return Levels(automaton, modulus, limits).run(network::Mask::strict);
}

StagePlan causal_cascade_plan(const language::Dfa& automaton, const base::Limits& limits) {
    return Levels(automaton, 1, limits).run(network::Mask::causal);
}

}  // namespace attest::build
