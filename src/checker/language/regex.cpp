#include "checker/language/regex.hpp"

#include <algorithm>
#include <map>

#include "checker/kernel/defect.hpp"
#include "checker/language/regex_node.hpp"

// Regular expressions twice. `matches` goes by the definition of the operators: the set of positions where a match can
// end. `automaton` is Thompson's construction (1968) made deterministic by sets of states. Both are bounded, since n
// letters can ask for 2^n states.

namespace attest::checker {
namespace {

using Node = Regex::Node;
using Operator = Node::Operator;
using Word = std::vector<std::size_t>;
using Positions = std::vector<bool>;  ///< [0 … length]

/// Where a match of the node can end that begins at one of the positions.
Positions ends(const Node& node, const Word& word, const Positions& begins, Budget& budget);

Positions repetition_ends(const Node& node, const Word& word, const Positions& begins, Budget& budget) {
    const Node& child = *node.children[0];
    Positions now = begins;
    for (long k = 0; k < node.least; ++k) {
        Positions next = ends(child, word, now, budget);
        if (next == now) break;  // and so it would stay
        now = std::move(next);
    }
    Positions all = now;
    for (long k = node.least; !node.most || k < *node.most; ++k) {
        now = ends(child, word, now, budget);
        const Positions before = all;
        for (std::size_t p = 0; p < all.size(); ++p) all[p] = all[p] || now[p];
        if (all == before) break;
        now = all;  // a match distributes over union, so the earlier rounds may be repeated
    }
    return all;
}

Positions ends(const Node& node, const Word& word, const Positions& begins, Budget& budget) {
    const Budget::Temporary here(budget);
    budget.memory(256 + begins.size() / 2);
    budget.step(4 * begins.size());
    switch (node.op) {
        case Operator::set: {
            Positions result(begins.size());
            for (std::size_t p = 0; p < word.size(); ++p) result[p + 1] = begins[p] && node.set[word[p]];
            return result;
        }
        case Operator::concatenation: {
            Positions result = begins;
            for (const auto& child : node.children) result = ends(*child, word, result, budget);
            return result;
        }
        case Operator::alternation: {
            Positions result(begins.size());
            for (const auto& child : node.children) {
                const Positions branch = ends(*child, word, begins, budget);
                for (std::size_t p = 0; p < result.size(); ++p) result[p] = result[p] || branch[p];
            }
            return result;
        }
        case Operator::repetition: return repetition_ends(node, word, begins, budget);
    }
    return {};
}

/// Thompson's construction: each state has either one symbol set and one successor, or empty moves.
struct Nondeterministic {
    struct State {
        const std::vector<bool>* set = nullptr;
        std::vector<std::uint32_t> next;
    };

    explicit Nondeterministic(Budget& given) : budget(given) {}

    Budget& budget;
    std::vector<State> states;
    std::vector<std::uint32_t> seen;  ///< [state]: the number of the closure in which it was seen last
    std::uint32_t closures = 0;

    std::uint32_t add() {
        budget.step(64);
        budget.memory(128);
        if (states.size() >= 1000000) throw Defect("", "the regular expression needs more than 1000000 states");
        states.emplace_back();
        return static_cast<std::uint32_t>(states.size() - 1);
    }

    void move(std::uint32_t from, std::uint32_t to) { states[from].next.push_back(to); }

    /// Adds the node's part from the state; returns the state where its matches end.
    std::uint32_t build(const Node& node, std::uint32_t from) {
        switch (node.op) {
            case Operator::set: {
                const std::uint32_t start = add();
                const std::uint32_t end = add();
                move(from, start);
                states[start].set = &node.set;
                move(start, end);
                return end;
            }
            case Operator::concatenation:
                for (const auto& child : node.children) from = build(*child, from);
                return from;
            case Operator::alternation: {
                const std::uint32_t end = add();
                for (const auto& child : node.children) {
                    const std::uint32_t start = add();
                    move(from, start);
                    move(build(*child, start), end);
                }
                return end;
            }
            case Operator::repetition: return repeat(node, from);
        }
        return from;
    }

    std::uint32_t repeat(const Node& node, std::uint32_t from) {
        const Node& child = *node.children[0];
        for (long k = 0; k < node.least; ++k) from = build(child, step(from));
        if (!node.most) {
            const std::uint32_t loop = step(from);
            move(build(child, step(loop)), loop);
            return step(loop);
        }
        const std::uint32_t end = add();
        for (long k = node.least; k < *node.most; ++k) {
            move(from, end);
            from = build(child, step(from));
        }
        move(from, end);
        return end;
    }

    std::uint32_t step(std::uint32_t from) {
        const std::uint32_t to = add();
        move(from, to);
        return to;
    }

    std::vector<std::uint32_t> closure(std::vector<std::uint32_t> seeds) {
        seen.resize(states.size(), closures++);
        std::vector<std::uint32_t> result;
        while (!seeds.empty()) {
            const std::uint32_t state = seeds.back();
            seeds.pop_back();
            budget.step(16);
            if (seen[state] == closures) continue;
            seen[state] = closures;
            result.push_back(state);
            if (!states[state].set) seeds.insert(seeds.end(), states[state].next.begin(), states[state].next.end());
        }
        std::sort(result.begin(), result.end());
        return result;
    }
};

}  // namespace

Regex::Regex(std::string_view pattern, const std::vector<Symbol>& alphabet, Budget& budget)
    : symbols_(alphabet.size()), root_(parse_regex(pattern, alphabet, budget)) {}

bool Regex::matches(const Word& word, Budget& budget) const {
    Positions begins(word.size() + 1);
    begins[0] = true;
    return ends(*root_, word, begins, budget)[word.size()];
}

Automaton Regex::automaton(Budget& budget) const {
    Nondeterministic parts(budget);
    const std::uint32_t final_state = parts.build(*root_, parts.add());

    using Subset = std::vector<std::uint32_t>;
    std::map<Subset, std::uint32_t> number;
    std::vector<Subset> subsets{parts.closure({0})};
    number[subsets[0]] = 0;
    Automaton result;
    result.symbols = symbols_;
    for (std::size_t k = 0; k < subsets.size(); ++k) {
        result.accepting.push_back(std::binary_search(subsets[k].begin(), subsets[k].end(), final_state));
        budget.memory(64 + 8 * symbols_);
        auto& row = result.next.emplace_back();
        for (std::size_t symbol = 0; symbol < symbols_; ++symbol) {
            Subset seeds;
            for (const std::uint32_t state : subsets[k])
                if (parts.states[state].set && (*parts.states[state].set)[symbol])
                    seeds.push_back(parts.states[state].next[0]);
            budget.step(64 + 4 * subsets[k].size());
            Subset target = parts.closure(std::move(seeds));
            budget.step(64 + 64 * target.size());
            const auto [entry, fresh] = number.emplace(target, subsets.size());
            row.push_back(entry->second);
            if (!fresh) continue;
            if (subsets.size() >= 100000) throw Defect("", "the automaton has more than 100000 states");
            budget.memory(128 + 8 * target.size());
            subsets.push_back(std::move(target));
        }
    }
    return result;
}

}  // namespace attest::checker
