#include "checker/automaton.hpp"

#include <map>

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

/// One round of Moore's refinement: states stay together iff they and all their successors were together.
std::size_t refine(const Automaton& automaton, std::vector<std::uint32_t>& block) {
    std::map<std::vector<std::uint32_t>, std::uint32_t> blocks;
    std::vector<std::uint32_t> refined;
    for (std::size_t state = 0; state < automaton.states(); ++state) {
        std::vector<std::uint32_t> signature{block[state]};
        for (const std::uint32_t target : automaton.next[state]) signature.push_back(block[target]);
        refined.push_back(blocks.emplace(std::move(signature), blocks.size()).first->second);
    }
    block = std::move(refined);
    return blocks.size();
}

}  // namespace

bool Automaton::accepts(const std::vector<std::size_t>& word) const {
    std::size_t state = start;
    for (const std::size_t symbol : word) state = next[state][symbol];
    return accepting[state];
}

Automaton minimal(const Automaton& automaton, Budget& budget) {
    const Automaton trimmed = reachable(automaton);
    std::vector<std::uint32_t> block(trimmed.accepting.begin(), trimmed.accepting.end());
    std::size_t blocks = 0;
    for (;;) {
        budget.step(trimmed.states() * (1 + trimmed.symbols) * 16);
        const std::size_t refined = refine(trimmed, block);
        if (refined == blocks) break;
        blocks = refined;
    }
    Automaton quotient;
    quotient.symbols = trimmed.symbols;
    quotient.start = block[0];
    quotient.accepting.resize(blocks);
    quotient.next.resize(blocks);
    for (std::size_t state = 0; state < trimmed.states(); ++state) {
        quotient.accepting[block[state]] = trimmed.accepting[state];
        auto& row = quotient.next[block[state]];
        row.clear();
        for (const std::uint32_t target : trimmed.next[state]) row.push_back(block[target]);
    }
    return reachable(quotient);
}

}  // namespace attest::checker
