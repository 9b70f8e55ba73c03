#include "checker/language/automaton.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

// Deterministic finite automata and Hopcroft's minimisation (1971). The states of the minimal automaton are numbered by
// breadth-first search, so that it is one object for a language and gates made from it have one order (FORMAT.md,
// section 6.4).

namespace attest::checker {
namespace {

/// The states that the start reaches, numbered by first visit.
Automaton reachable(const Automaton& from) {
    constexpr std::uint32_t unseen = UINT32_MAX;
    std::vector<std::uint32_t> number(from.states(), unseen);
    std::vector<std::size_t> order{from.start};
    number[from.start] = 0;
    Automaton to;
    to.symbols = from.symbols;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const std::size_t state = order[k];
        auto& row = to.next.emplace_back();
        to.accepting.push_back(from.accepting[state]);
        for (const std::uint32_t target : from.next[state]) {
            if (number[target] == unseen) {
                number[target] = static_cast<std::uint32_t>(order.size());
                order.push_back(target);
            }
            row.push_back(number[target]);
        }
    }
    return to;
}

/// Blocks of states, of which some can be marked and split off.
class Partition {
  public:
    explicit Partition(std::size_t states)
        : order_(states), place_(states), block_(states, 0), first_{0}, size_{states}, marked_{0} {
        std::iota(order_.begin(), order_.end(), 0U);
        std::iota(place_.begin(), place_.end(), 0U);
    }

    std::size_t blocks() const { return first_.size(); }
    std::uint32_t block(std::size_t state) const { return block_[state]; }
    std::span<const std::uint32_t> states(std::uint32_t block) const {
        return std::span(order_).subspan(first_[block], size_[block]);
    }

    /// Needs each state marked once. Gives whether it is the first of its block.
    bool mark(std::uint32_t state) {
        const std::uint32_t block = block_[state];
        const std::size_t to = first_[block] + marked_[block]++;
        const std::uint32_t other = order_[to];
        std::swap(order_[to], order_[place_[state]]);
        std::swap(place_[other], place_[state]);
        return marked_[block] == 1;
    }

    /// Marked and other states of the block part, and the fewer of them become a new block, whose number is given.
    std::optional<std::uint32_t> split(std::uint32_t block) {
        const std::size_t marked = std::exchange(marked_[block], 0), others = size_[block] - marked;
        if (others == 0 || marked == 0) return std::nullopt;
        const auto fresh = static_cast<std::uint32_t>(blocks());
        const bool take_marked = marked <= others;
        first_.push_back(take_marked ? first_[block] : first_[block] + marked);
        size_.push_back(std::min(marked, others));
        marked_.push_back(0);
        if (take_marked) first_[block] += marked;
        size_[block] = std::max(marked, others);
        for (const std::uint32_t state : states(fresh)) block_[state] = fresh;
        return fresh;
    }

  private:
    std::vector<std::uint32_t> order_;  ///< the states, those of a block side by side, its marked ones first
    std::vector<std::uint32_t> place_;  ///< where a state stands in it
    std::vector<std::uint32_t> block_;
    std::vector<std::size_t> first_, size_, marked_;  ///< of each block
};

/// The states from which each symbol leads to each state.
class Inverse {
  public:
    explicit Inverse(const Automaton& automaton)
        : symbols_(automaton.symbols), first_(automaton.states() * symbols_ + 1), from_(automaton.states() * symbols_) {
        for (const auto& row : automaton.next)
            for (std::size_t a = 0; a < symbols_; ++a) ++first_[slot(row[a], a) + 1];
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
        std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
        for (std::uint32_t state = 0; state < automaton.states(); ++state)
            for (std::size_t a = 0; a < symbols_; ++a) from_[next[slot(automaton.next[state][a], a)]++] = state;
    }

    std::span<const std::uint32_t> of(std::size_t state, std::size_t symbol) const {
        const std::size_t at = slot(state, symbol);
        return std::span(from_).subspan(first_[at], first_[at + 1] - first_[at]);
    }

  private:
    std::size_t slot(std::size_t state, std::size_t symbol) const { return state * symbols_ + symbol; }

    std::size_t symbols_;
    std::vector<std::size_t> first_;
    std::vector<std::uint32_t> from_;
};

/// Hopcroft's refinement: states are together at the end iff the same words lead them to acceptance. A block that waits
/// is one by which blocks have not been split yet, on any symbol; of two halves of one that does not wait, the smaller
/// will do.
Partition equivalent_states(const Automaton& automaton, Budget& budget) {
    const std::size_t n = automaton.states();
    budget.memory(n, 48 + 16 * automaton.symbols);
    budget.step(n, 16 * (1 + automaton.symbols));
    const Inverse inverse(automaton);
    Partition partition(n);
    std::vector<std::uint32_t> waiting{0};
    const auto split = [&](std::uint32_t block) {
        const auto fresh = partition.split(block);
        if (!fresh) return;
        waiting.push_back(*fresh);
    };
    for (std::uint32_t state = 0; state < n; ++state)
        if (automaton.accepting[state]) partition.mark(state);
    split(0);
    while (!waiting.empty()) {
        const std::uint32_t by = waiting.back();
        waiting.pop_back();
        const auto members = partition.states(by);
        const std::vector<std::uint32_t> targets(members.begin(), members.end());
        for (std::size_t a = 0; a < automaton.symbols; ++a) {
            std::vector<std::uint32_t> touched;
            for (const std::uint32_t target : targets) {
                const auto sources = inverse.of(target, a);
                budget.step(4 + 16 * sources.size());
                for (const std::uint32_t source : sources)
                    if (partition.mark(source)) touched.push_back(partition.block(source));
            }
            for (const std::uint32_t block : touched) split(block);
        }
    }
    return partition;
}

}  // namespace

bool Automaton::accepts(const std::vector<std::size_t>& word) const {
    std::size_t state = start;
    for (const std::size_t symbol : word) state = next[state][symbol];
    return accepting[state];
}

Automaton minimal(const Automaton& automaton, Budget& budget) {
    budget.memory(automaton.states(), 64 + 8 * automaton.symbols);
    budget.step(automaton.states(), 16 * (1 + automaton.symbols));
    const Automaton trimmed = reachable(automaton);
    const Partition partition = equivalent_states(trimmed, budget);
    Automaton quotient;
    quotient.symbols = trimmed.symbols;
    quotient.start = partition.block(0);
    quotient.accepting.resize(partition.blocks());
    quotient.next.resize(partition.blocks());
    for (std::size_t state = 0; state < trimmed.states(); ++state) {
        quotient.accepting[partition.block(state)] = trimmed.accepting[state];
        auto& row = quotient.next[partition.block(state)];
        row.clear();
        for (const std::uint32_t target : trimmed.next[state]) row.push_back(partition.block(target));
    }
    return reachable(quotient);
}

}  // namespace attest::checker
