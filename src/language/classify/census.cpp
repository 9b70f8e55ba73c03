#include "language/classify/census.hpp"

#include <algorithm>
#include <bit>
#include <string>

// All minimal automata of a size. A table numbered by first visit is a list of its entries, row by row, in which a state
// that was not named before is the next number, and no row is begun whose state was not named: so they can be counted up.
//
// Two states are equivalent iff acceptance agrees on each pair of states that words lead them to. Which pairs these are,
// the table alone says; so they are collected once for all sets of accepting states.

namespace attest::classify {

namespace {

class Enumeration {
  public:
    Enumeration(std::size_t states, std::size_t letters, const std::function<bool(const Table&)>& visit)
        : table_{states, letters, std::vector<State>(states * letters, 0)}, visit_(visit) {}

    bool fill(std::size_t entry, State named) {
        if (entry == table_.next.size()) return named < table_.states || visit_(table_);
        if (entry / table_.letters >= named) return true;
        for (State q = 0; q <= named && q < table_.states; ++q) {
            table_.next[entry] = q;
            if (!fill(entry + 1, q == named ? named + 1 : named)) return false;
        }
        return true;
    }

  private:
    Table table_;
    const std::function<bool(const Table&)>& visit_;
};

/// The pairs of states, as bits, to which words lead these two.
std::vector<std::uint32_t> led_to(const Table& table, State p, State r) {
    std::vector<std::uint32_t> pairs{(1U << p) | (1U << r)};
    std::vector<std::pair<State, State>> queue{{p, r}};
    for (std::size_t k = 0; k < queue.size(); ++k)
        for (language::Symbol a = 0; a < table.letters; ++a) {
            const State s = table.at(queue[k].first, a), t = table.at(queue[k].second, a);
            const std::uint32_t pair = (1U << s) | (1U << t);
            if (s == t || std::find(pairs.begin(), pairs.end(), pair) != pairs.end()) continue;
            pairs.push_back(pair);
            queue.emplace_back(s, t);
        }
    return pairs;
}

}  // namespace

void for_each_table(std::size_t states, std::size_t letters, const std::function<bool(const Table&)>& visit) {
    Enumeration(states, letters, visit).fill(0, 1);
}

std::vector<std::uint32_t> minimal_acceptance(const Table& table) {
    std::vector<std::vector<std::uint32_t>> all_pairs;
    for (State r = 0; r < table.states; ++r)
        for (State p = 0; p < r; ++p) all_pairs.push_back(led_to(table, p, r));
    std::vector<std::uint32_t> result;
    for (std::uint32_t accepting = 0; accepting < 1U << table.states; ++accepting) {
        bool is_minimal = true;
        for (const auto& pairs : all_pairs) {
            bool differ = false;
            for (const std::uint32_t pair : pairs) differ = differ || std::popcount(pair & accepting) == 1;
            is_minimal = is_minimal && differ;
        }
        if (is_minimal) result.push_back(accepting);
    }
    return result;
}

language::Dfa automaton_of(const Table& table, std::uint32_t accepting) {
    std::vector<std::string> symbols;
    for (std::size_t a = 0; a < table.letters; ++a) symbols.emplace_back(1, static_cast<char>('a' + a));
    language::Dfa automaton{language::Alphabet(symbols), 0, {}, {}};
    for (State q = 0; q < table.states; ++q) {
        automaton.accepting.push_back((accepting >> q & 1) != 0);
        automaton.transition.emplace_back(table.next.begin() + static_cast<std::ptrdiff_t>(q * table.letters),
                                          table.next.begin() + static_cast<std::ptrdiff_t>((q + 1) * table.letters));
    }
    return automaton;
}

}  // namespace attest::classify
