#include "checker/translation/layered.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

// An automaton as a circuit: "after t symbols the state is q" for the states that words of the model reach, the last
// state of each step being "none of the others". A truth table is the automaton of its sub-tables, that is, its ordered
// decision diagram (FORMAT.md section 6.4).

namespace attest::checker {
namespace {

using States = std::map<std::size_t, Literal>;  ///< in ascending order

/// T of the text: whichever symbols lead from one state to the other.
Literal transition(const Circuit& circuit, const Letters& letters, const Layered& automaton, std::size_t t,
                   std::size_t from, std::size_t to) {
    const auto leads = [&](std::size_t a) { return automaton.next(t, from, letters.letter(a)) == to; };
    circuit.budget().step(letters.symbols());
    bool all = true;
    for (std::size_t a = 0; a < letters.symbols(); ++a) all = all && leads(a);
    return all ? top : letters.any(t, leads);
}

States advance(Circuit& circuit, const Letters& letters, const Layered& automaton, std::size_t t,
               const States& before) {
    std::map<std::size_t, std::set<std::size_t>> sources;
    circuit.budget().step(16 * before.size(), letters.symbols());
    for (const auto& [state, literal] : before)
        for (std::size_t a = 0; a < letters.symbols(); ++a)
            sources[automaton.next(t, state, letters.letter(a))].insert(state);

    States after;
    Literals others;
    for (const auto& [state, from] : sources) {
        if (after.size() + 1 == sources.size()) {
            after[state] = circuit.conjunction(others);
            break;
        }
        Literals terms;
        for (const std::size_t source : from) {
            const Literal step = transition(circuit, letters, automaton, t, source, state);
            terms.push_back(circuit.conjunction({before.at(source), step}));
        }
        const Literal literal = circuit.disjunction(std::move(terms));
        after[state] = literal;
        others.push_back(negated(literal));
    }
    return after;
}

}  // namespace

Literal layered_literal(Circuit& circuit, const Letters& letters, const Layered& automaton) {
    States states{{automaton.start, top}};
    for (std::size_t t = 1; t <= letters.length(); ++t) states = advance(circuit, letters, automaton, t, states);
    Literals accepting;
    for (const auto& [state, literal] : states)
        if (automaton.accepting(state)) accepting.push_back(literal);
    return circuit.disjunction(std::move(accepting));
}

Layered table_automaton(const std::vector<bool>& table, std::size_t length, Budget& budget) {
    using Numbers = std::vector<std::size_t>;  // [prefix]: the sub-table that it leaves, numbered by first occurrence
    using Pair = std::pair<std::size_t, std::size_t>;
    auto halves = std::make_shared<std::vector<std::vector<Pair>>>(length + 1);  // [t][state]: where 0 and 1 lead
    std::vector<bool> last_bit;
    Numbers below;  // of prefixes of one symbol more
    for (std::size_t t = length + 1; t-- > 0;) {
        const std::size_t prefixes = std::size_t{1} << t;
        budget.memory(prefixes, sizeof(std::size_t));
        Numbers row;
        row.reserve(prefixes);
        std::map<Pair, std::size_t> seen;
        for (std::size_t prefix = 0; prefix < prefixes; ++prefix) {
            budget.step(32);
            const Pair pair = t == length ? Pair(table[prefix], 0) : Pair(below[2 * prefix], below[2 * prefix + 1]);
            const auto [entry, fresh] = seen.emplace(pair, seen.size());
            row.push_back(entry->second);
            if (!fresh) continue;
            budget.memory(128);
            (*halves)[t].push_back(pair);
            if (t == length) last_bit.push_back(table[prefix]);
        }
        below = std::move(row);
    }
    Layered automaton;
    automaton.next = [halves](std::size_t t, std::size_t state, std::size_t letter) {
        const Pair& pair = (*halves)[t - 1][state];
        return letter == 0 ? pair.first : pair.second;
    };
    automaton.accepting = [last_bit](std::size_t state) { return last_bit[state]; };
    return automaton;
}

}  // namespace attest::checker
