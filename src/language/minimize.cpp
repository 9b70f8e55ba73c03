// The minimal automaton, after Hopcroft (1971): refine the partition {accepting, others} of the reachable
// states by splitters, always adding the smaller half of a split block as a new splitter. The smaller half is
// enough: where the block was still to be used itself, its number now names the larger half, so both are;
// where it had been used, one half of it follows from the other and the whole.

#include <cstddef>
#include <numeric>
#include <utility>

#include "attest/language/dfa.hpp"

namespace attest::language {

namespace {

using State = Dfa::State;
using Block = std::uint32_t;

/// The automaton without its unreachable states, numbered by breadth-first search.
Dfa breadth_first(const Dfa& automaton) {
    constexpr State unseen = UINT32_MAX;
    std::vector<State> number(automaton.size(), unseen);
    std::vector<State> order{automaton.start};
    number[automaton.start] = 0;

    Dfa result{automaton.alphabet, 0, {}, {}};
    for (std::size_t i = 0; i < order.size(); ++i) {
        std::vector<State> row;
        row.reserve(automaton.alphabet.size());
        for (const State target : automaton.transition[order[i]]) {
            if (number[target] == unseen) {
                number[target] = static_cast<State>(order.size());
                order.push_back(target);
            }
            row.push_back(number[target]);
        }
        result.accepting.push_back(automaton.accepting[order[i]]);
        result.transition.push_back(std::move(row));
    }
    return result;
}

/// For one symbol, which states lead to a state.
class Predecessors {
  public:
    Predecessors(const Dfa& automaton, Symbol symbol) : begin_(automaton.size() + 1), list_(automaton.size()) {
        for (const auto& row : automaton.transition) ++begin_[row[symbol]];
        std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
        for (std::size_t q = automaton.size(); q-- > 0;)
            list_[--begin_[automaton.transition[q][symbol]]] = static_cast<State>(q);
    }

    template <typename Visit>
    void for_each(State target, Visit visit) const {
        for (State i = begin_[target]; i < begin_[target + 1]; ++i) visit(list_[i]);
    }

  private:
    std::vector<State> begin_;  // of the list of a state; 32 bits, as there may be many states and symbols
    std::vector<State> list_;
};

/// A partition of the states into blocks, each a range of `order_` whose marked states come first.
class Partition {
  public:
    explicit Partition(std::size_t states)
        : order_(states), place_(states), block_(states, 0), ranges_{{0, states, 0}} {
        std::iota(order_.begin(), order_.end(), State{0});
        std::iota(place_.begin(), place_.end(), std::size_t{0});
    }

    std::size_t blocks() const { return ranges_.size(); }
    Block block(State q) const { return block_[q]; }
    std::vector<State> members(Block b) const {
        return {order_.begin() + ranges_[b].begin, order_.begin() + ranges_[b].end};
    }

    void mark(State q) {
        Range& range = ranges_[block_[q]];
        const std::size_t first_unmarked = range.begin + range.marked;
        if (place_[q] < first_unmarked) return;
        if (range.marked == 0) touched_.push_back(block_[q]);
        move(q, first_unmarked);
        ++range.marked;
    }

    /// Splits every block of which some states are marked and some not; the smaller part gets the new number.
    /// Gives   no marks; the new blocks
    std::vector<Block> split() {
        std::vector<Block> made;
        for (const Block b : touched_) {
            Range& range = ranges_[b];
            const std::size_t marked = std::exchange(range.marked, 0);
            const std::size_t size = range.end - range.begin;
            if (marked == size) continue;
            Range smaller = range;
            if (2 * marked <= size) smaller.end = range.begin = range.begin + marked;
            else smaller.begin = range.end = range.begin + marked;
            made.push_back(static_cast<Block>(ranges_.size()));
            ranges_.push_back(smaller);
            for (std::size_t i = smaller.begin; i < smaller.end; ++i) block_[order_[i]] = made.back();
        }
        touched_.clear();
        return made;
    }

  private:
    struct Range {
        std::size_t begin, end, marked;
    };

    void move(State q, std::size_t to) {
        const std::size_t from = place_[q];
        const State other = order_[to];
        std::swap(order_[from], order_[to]);
        place_[q] = to;
        place_[other] = from;
    }

    std::vector<State> order_;
    std::vector<std::size_t> place_;  // of a state in order_
    std::vector<Block> block_;
    std::vector<Range> ranges_;
    std::vector<Block> touched_;  // blocks with marks
};

/// The coarsest partition that respects acceptance and transitions.
Partition equivalent_states(const Dfa& automaton) {
    Partition partition(automaton.size());
    for (State q = 0; q < automaton.size(); ++q)
        if (automaton.accepting[q]) partition.mark(q);
    std::vector<Block> splitters = partition.split();  // the smaller of the two; none if there is one block only

    std::vector<Predecessors> predecessors;
    if (!splitters.empty())
        for (Symbol s = 0; s < automaton.alphabet.size(); ++s) predecessors.emplace_back(automaton, s);

    while (!splitters.empty()) {
        const auto splitter = partition.members(splitters.back());  // a copy: it may itself be split below
        splitters.pop_back();
        for (const auto& into : predecessors) {
            for (const State target : splitter) into.for_each(target, [&](State q) { partition.mark(q); });
            for (const Block made : partition.split()) splitters.push_back(made);
        }
    }
    return partition;
}

/// One state for each block.
Dfa quotient(const Dfa& automaton, const Partition& partition) {
    Dfa result{automaton.alphabet, partition.block(automaton.start), {}, {}};
    result.accepting.resize(partition.blocks());
    result.transition.resize(partition.blocks());
    for (State q = 0; q < automaton.size(); ++q) {
        const Block b = partition.block(q);
        if (!result.transition[b].empty()) continue;
        result.accepting[b] = automaton.accepting[q];
        for (const State target : automaton.transition[q]) result.transition[b].push_back(partition.block(target));
    }
    return result;
}

}  // namespace

Dfa minimize(const Dfa& automaton) {
    const Dfa reachable = breadth_first(automaton);
    return breadth_first(quotient(reachable, equivalent_states(reachable)));
}

}  // namespace attest::language
