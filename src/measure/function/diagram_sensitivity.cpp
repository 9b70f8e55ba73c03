#include "measure/function/diagram_sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace attest::measure {

namespace {

using Index = Diagram::Index;

/// How many flipped copies are at each node, by node; copies that are where the input is have been forgotten:
/// they will never differ again.
using Copies = std::vector<std::pair<Index, unsigned>>;

struct State {
    Copies copies;
    std::size_t before;  // in the states of the level before
    bool value;          // of the position that led here
};

void put(Copies& copies, Index node, unsigned count) {
    const auto at = std::lower_bound(copies.begin(), copies.end(), node,
                                     [](const auto& entry, Index wanted) { return entry.first < wanted; });
    if (at != copies.end() && at->first == node) at->second += count;
    else copies.insert(at, {node, count});
}

/// Whether a has as many copies as b at every node.
bool covers(const Copies& a, const Copies& b) {
    auto at = a.begin();
    for (const auto& [node, count] : b) {
        while (at != a.end() && at->first < node) ++at;
        if (at == a.end() || at->first != node || at->second < count) return false;
    }
    return true;
}

class Sweep {
  public:
    Sweep(const Diagram& d, std::size_t most_states, const base::Limits& limits)
        : d_(d), left_(most_states), limits_(limits) {}

    std::variant<std::array<std::optional<MostSensitiveInput>, 2>, verdict::Undecided> run() {
        levels_.push_back({{d_.root, {{{}, 0, false}}}});
        for (std::uint32_t level = 0; level < d_.variables(); ++level) {
            if (const auto limit = limits_.exceeded())
                return verdict::Undecided{verdict::reason_of(*limit), "in the middle of sensitivity"};
            if (!step(level)) return verdict::Undecided{verdict::Reason::memory, "too many states of sensitivity"};
        }
        std::array<std::optional<MostSensitiveInput>, 2> result;
        for (const auto& [node, states] : levels_.back())
            for (const State& state : states) {
                // A copy that is at the other constant differs.
                const unsigned count = state.copies.empty() ? 0 : state.copies.front().second;
                auto& most = result[node];
                if (!most || count > most->count) most = MostSensitiveInput{count, input_of(state)};
            }
        return result;
    }

  private:
    /// States by where the input is; `before` numbers a level's states in order of these lists.
    using Level = std::map<Index, std::vector<State>>;

    bool step(std::uint32_t level) {
        Level next;
        std::size_t number = 0;
        for (const auto& [node, states] : levels_.back())
            for (const State& state : states) {
                for (const bool value : {false, true})
                    if (!add(next[d_.child(node, level, value)], moved(node, state, level, value), number, value))
                        return false;
                ++number;
            }
        levels_.push_back(std::move(next));
        return true;
    }

    Copies moved(Index node, const State& state, std::uint32_t level, bool value) const {
        const Index here = d_.child(node, level, value), flipped = d_.child(node, level, !value);
        Copies copies;
        for (const auto& [at, count] : state.copies)
            if (const Index to = d_.child(at, level, value); to != here) put(copies, to, count);
        if (flipped != here) put(copies, flipped, 1);
        return copies;
    }

    bool add(std::vector<State>& states, Copies copies, std::size_t before, bool value) {
        for (const State& other : states)
            if (covers(other.copies, copies)) return true;
        // An index may be a parent only once its level is complete, so what is covered can be dropped here.
        std::erase_if(states, [&](const State& other) { return covers(copies, other.copies); });
        if (left_ < states.size() + 1) return false;
        left_ -= states.size() + 1;  // the cost of looking through them
        states.push_back({std::move(copies), before, value});
        return true;
    }

    std::vector<bool> input_of(const State& last) const {
        std::vector<bool> input(d_.variables());
        const State* state = &last;
        for (std::size_t level = d_.variables(); level-- > 0;) {
            input[d_.position[level] - 1] = state->value;
            std::size_t number = state->before;
            for (const auto& [node, states] : levels_[level]) {
                if (number < states.size()) {
                    state = &states[number];
                    break;
                }
                number -= states.size();
            }
        }
        return input;
    }

    const Diagram& d_;
    std::size_t left_;
    const base::Limits& limits_;
    std::vector<Level> levels_;
};

}  // namespace

std::variant<std::array<std::optional<MostSensitiveInput>, 2>, verdict::Undecided> most_sensitive(
    const Diagram& d, std::size_t most_states, const base::Limits& limits) {
    return Sweep(d, most_states, limits).run();
}

}  // namespace attest::measure
