#include <map>
#include <set>

#include "attest/base/error.hpp"
#include "pair.hpp"

// Regular languages. Counts: the minimal automaton commutes iff membership depends on counts alone. Proportions: FORMAT.md,
// section 32.2.

namespace attest::order {

namespace {

using language::Dfa;
using language::Symbol;
using language::Word;
using State = Dfa::State;

State run(const Dfa& dfa, State from, const Word& word) {
    for (const Symbol a : word) from = dfa.transition[from][a];
    return from;
}

/// A shortest word to each state that can be reached.
std::map<State, Word> words_to_states(const Dfa& dfa) {
    std::map<State, Word> words{{dfa.start, {}}};
    std::vector<State> queue{dfa.start};
    for (std::size_t k = 0; k < queue.size(); ++k)
        for (Symbol a = 0; a < dfa.alphabet.size(); ++a) {
            const State next = dfa.transition[queue[k]][a];
            Word word = words.at(queue[k]);
            word.push_back(a);
            if (words.emplace(next, std::move(word)).second) queue.push_back(next);
        }
    return words;
}

/// A shortest word that is accepted from one state alone.
/// Needs   states that are not equivalent
Word separator(const Dfa& dfa, State one, State other) {
    using Two = std::pair<State, State>;
    std::map<Two, Word> words{{{one, other}, {}}};
    std::vector<Two> queue{{one, other}};
    for (std::size_t k = 0; k < queue.size(); ++k) {
        const auto [p, q] = queue[k];
        const Word word = words.at(queue[k]);
        if (dfa.accepting[p] != dfa.accepting[q]) return word;
        for (Symbol a = 0; a < dfa.alphabet.size(); ++a) {
            const Two next{dfa.transition[p][a], dfa.transition[q][a]};
            Word longer = word;
            longer.push_back(a);
            if (words.emplace(next, std::move(longer)).second) queue.push_back(next);
        }
    }
    throw base::InternalError("order: the automaton is not minimal");
}

std::optional<Pair> find_exchange(const Dfa& dfa) {
    std::optional<Pair> shortest;
    for (const auto& [q, x] : words_to_states(dfa))
        for (Symbol a = 0; a < dfa.alphabet.size(); ++a)
            for (Symbol b = a + 1; b < dfa.alphabet.size(); ++b) {
                const State ab = run(dfa, q, {a, b}), ba = run(dfa, q, {b, a});
                if (ab == ba) continue;
                const Word y = separator(dfa, ab, ba);
                if (shortest && shortest->one.size() <= x.size() + 2 + y.size()) continue;
                Pair pair{x, x, false};
                pair.one.insert(pair.one.end(), {a, b});
                pair.other.insert(pair.other.end(), {b, a});
                pair.one.insert(pair.one.end(), y.begin(), y.end());
                pair.other.insert(pair.other.end(), y.begin(), y.end());
                pair.accepts = dfa.accepts(pair.one);
                shortest = std::move(pair);
            }
    return shortest;
}

/// Two words in which the same symbols stand, one of them in the language; breadth first, so that they are short.
std::optional<std::pair<Word, Word>> same_symbols(const Dfa& dfa) {
    constexpr std::size_t most_symbols = 20;
    if (dfa.alphabet.size() > most_symbols)
        throw base::Unsupported("invariance: expected a language over at most 20 symbols");
    using Reached = std::pair<State, std::uint32_t>;
    std::map<Reached, Word> words{{{dfa.start, 0}, {}}};
    std::map<std::uint32_t, Reached> first;
    std::vector<Reached> queue{{dfa.start, 0}};
    for (std::size_t k = 0; k < queue.size(); ++k)
        for (Symbol a = 0; a < dfa.alphabet.size(); ++a) {
            const Reached next{dfa.transition[queue[k].first][a], queue[k].second | (std::uint32_t{1} << a)};
            Word word = words.at(queue[k]);
            word.push_back(a);
            if (!words.emplace(next, word).second) continue;
            queue.push_back(next);
            const auto [known, is_new] = first.emplace(next.second, next);
            if (!is_new && dfa.accepting[known->second.first] != dfa.accepting[next.first])
                return std::pair{words.at(known->second), std::move(word)};
        }
    return std::nullopt;
}

/// The word against its shortest power that is separated from it, if there is one.
std::optional<Pair> against_power(const Dfa& dfa, const Word& word) {
    Word power = word;
    for (std::size_t k = 0; k <= dfa.size(); ++k) {
        power.insert(power.end(), word.begin(), word.end());
        if (dfa.accepts(power) != dfa.accepts(word)) return Pair{word, power, dfa.accepts(word)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Pair> find_pair(const Dfa& automaton, Invariance invariance) {
    if (invariance == Invariance::order) return find_exchange(automaton);
    const auto two = same_symbols(automaton);
    if (!two) return std::nullopt;
    if (auto pair = find_exchange(automaton)) return pair;  // rearrangements are proportional
    if (auto pair = against_power(automaton, two->first)) return pair;
    if (auto pair = against_power(automaton, two->second)) return pair;
    throw base::InternalError("order: two words with the same symbols are separated, and no proportional ones");
}

}  // namespace attest::order
