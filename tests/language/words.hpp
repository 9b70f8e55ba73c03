#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "attest/language/dfa.hpp"
#include "base/random.hpp"

namespace attest::language::test {

/// Visits every word of at most this length.
inline void for_each_word(const Alphabet& alphabet, std::size_t greatest_length,
                          const std::function<void(const Word&)>& visit) {
    for (std::size_t length = 0; length <= greatest_length; ++length) {
        Word word(length, 0);
        do visit(word);
        while (next_word(word, alphabet));
    }
}

inline Alphabet letters(std::size_t size) {
    std::vector<std::string> symbols;
    for (std::size_t s = 0; s < size; ++s) symbols.emplace_back(1, static_cast<char>('a' + s));
    return Alphabet(symbols);
}

/// A random automaton; few states accept, so that many of its states are equivalent.
inline Dfa random_automaton(base::Random& random, std::size_t states, std::size_t symbols) {
    Dfa automaton{letters(symbols), static_cast<Dfa::State>(random.below(states)), {}, {}};
    for (std::size_t q = 0; q < states; ++q) {
        automaton.accepting.push_back(random.chance(1, 4));
        std::vector<Dfa::State> row;
        for (std::size_t s = 0; s < symbols; ++s) row.push_back(static_cast<Dfa::State>(random.below(states)));
        automaton.transition.push_back(row);
    }
    return automaton;
}

/// Whether two automata accept the same words, by search in their product.
inline bool equivalent(const Dfa& a, const Dfa& b) {
    std::vector<std::vector<bool>> seen(a.size(), std::vector<bool>(b.size(), false));
    std::vector<std::pair<Dfa::State, Dfa::State>> pending{{a.start, b.start}};
    seen[a.start][b.start] = true;
    while (!pending.empty()) {
        const auto [p, q] = pending.back();
        pending.pop_back();
        if (a.accepting[p] != b.accepting[q]) return false;
        for (std::size_t s = 0; s < a.alphabet.size(); ++s) {
            const auto next = std::make_pair(a.transition[p][s], b.transition[q][s]);
            if (seen[next.first][next.second]) continue;
            seen[next.first][next.second] = true;
            pending.push_back(next);
        }
    }
    return true;
}

/// Whether every two states differ on some word, by filling the table of pairs (Moore).
inline bool all_distinguishable(const Dfa& automaton) {
    const std::size_t m = automaton.size();
    std::vector<std::vector<bool>> differ(m, std::vector<bool>(m, false));
    for (std::size_t p = 0; p < m; ++p)
        for (std::size_t q = 0; q < m; ++q) differ[p][q] = automaton.accepting[p] != automaton.accepting[q];
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t p = 0; p < m; ++p)
            for (std::size_t q = 0; q < m; ++q)
                for (std::size_t s = 0; s < automaton.alphabet.size() && !differ[p][q]; ++s)
                    if (differ[automaton.transition[p][s]][automaton.transition[q][s]]) differ[p][q] = changed = true;
    }
    for (std::size_t p = 0; p < m; ++p)
        for (std::size_t q = 0; q < p; ++q)
            if (!differ[p][q]) return false;
    return true;
}

/// Whether the start is 0 and reading rows in order meets new states in order, and all of them.
inline bool numbered_breadth_first(const Dfa& automaton) {
    std::size_t met = 1;
    for (std::size_t q = 0; q < automaton.size(); ++q) {
        if (q >= met) return false;  // not reached from a smaller state
        for (const auto target : automaton.transition[q]) {
            if (target > met) return false;
            if (target == met) ++met;
        }
    }
    return automaton.start == 0 && met == automaton.size();
}

inline bool identical(const Dfa& a, const Dfa& b) {
    return a.alphabet == b.alphabet && a.start == b.start && a.accepting == b.accepting && a.transition == b.transition;
}

}  // namespace attest::language::test
