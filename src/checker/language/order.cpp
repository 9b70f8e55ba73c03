#include "checker/language/order.hpp"

#include <map>
#include <set>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 32.2.

namespace attest::checker {
namespace {

const std::string order_place = "manifest.json: claim.language";

void require_exchange(const Automaton& automaton, const std::vector<Symbol>& alphabet, Budget& budget) {
    for (std::size_t q = 0; q < automaton.states(); ++q)
        for (std::size_t a = 0; a < automaton.symbols; ++a)
            for (std::size_t b = a + 1; b < automaton.symbols; ++b) {
                budget.step();
                if (automaton.next[automaton.next[q][a]][b] != automaton.next[automaton.next[q][b]][a])
                    throw Defect(order_place, "from state " + std::to_string(q) + " '" + alphabet[a] + alphabet[b] +
                                                  "' and '" + alphabet[b] + alphabet[a] + "' lead to different states");
            }
}

/// for all words v, w, not empty, in which the same symbols stand: v in L <=> w in L
void require_sets(const Automaton& automaton, Budget& budget) {
    using Reached = std::pair<std::size_t, std::uint32_t>;
    std::set<Reached> seen;
    std::vector<Reached> open{{automaton.start, 0}};
    std::map<std::uint32_t, bool> answers;
    while (!open.empty()) {
        const auto [state, symbols] = open.back();
        open.pop_back();
        for (std::size_t a = 0; a < automaton.symbols; ++a) {
            budget.step(8);
            const Reached next{automaton.next[state][a], symbols | (std::uint32_t{1} << a)};
            if (!seen.insert(next).second) continue;
            budget.memory(200);
            open.push_back(next);
            const bool accepts = automaton.accepting[next.first];
            if (answers.emplace(next.second, accepts).first->second != accepts)
                throw Defect(order_place, "of two words in which the same symbols stand one is in the language");
        }
    }
}

}  // namespace

void require_no_order(const Automaton& automaton, const std::vector<Symbol>& alphabet, bool proportions,
                      Budget& budget) {
    constexpr std::size_t most_symbols = 20;
    if (automaton.symbols > most_symbols) throw Defect(order_place, "its alphabet has more than 20 symbols");
    if (proportions) require_sets(automaton, budget);
    else require_exchange(automaton, alphabet, budget);
}

}  // namespace attest::checker
