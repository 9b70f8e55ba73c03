#include "words.hpp"

#include <algorithm>
#include <map>

#include "attest/base/error.hpp"

namespace attest::classify {

using language::Symbol;
using language::Word;
using State = language::Dfa::State;

namespace {

/// Breadth-first search over vertices of any kind, letters in order, until one is found: the word to it.
template <typename Vertex, typename Step, typename Goal>
std::optional<Word> shortest(const Vertex& start, std::size_t letters, const Step& step, const Goal& goal) {
    std::map<Vertex, std::pair<std::size_t, Symbol>> from{{start, {0, 0}}};
    std::vector<Vertex> queue{start};
    for (std::size_t k = 0; k < queue.size(); ++k) {
        if (goal(queue[k])) {
            Word word;
            for (std::size_t at = k; at != 0; at = from.at(queue[at]).first) word.push_back(from.at(queue[at]).second);
            std::reverse(word.begin(), word.end());
            return word;
        }
        for (Symbol a = 0; a < letters; ++a) {
            Vertex next = step(queue[k], a);
            if (from.emplace(next, std::pair(k, a)).second) queue.push_back(std::move(next));
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Word> WordFinder::path(State from, State to) const {
    return shortest(
        from, automaton_.alphabet.size(), [&](State q, Symbol a) { return automaton_.transition[q][a]; },
        [&](State q) { return q == to; });
}

Word WordFinder::separate(State p, State r) const {
    const auto& next = automaton_.transition;
    auto word = shortest(
        std::pair(p, r), automaton_.alphabet.size(),
        [&](const auto& pair, Symbol a) { return std::pair(next[pair.first][a], next[pair.second][a]); },
        [&](const auto& pair) { return automaton_.accepting[pair.first] != automaton_.accepting[pair.second]; });
    if (!word) throw base::InternalError("two states of a minimal automaton are equivalent");
    return *std::move(word);
}

}  // namespace attest::classify
