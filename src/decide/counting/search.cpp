#include "decide/counting/search.hpp"

#include <algorithm>
#include <map>

namespace attest::counting {

namespace {

/// How a state was first reached.
struct Arrival {
    std::size_t from = 0;
    language::Symbol symbol = 0;
};

language::Word word_to(const std::vector<Arrival>& steps, std::size_t last) {
    language::Word word;
    for (std::size_t k = last; k > 0; k = steps[k].from) word.push_back(steps[k].symbol);
    std::reverse(word.begin(), word.end());
    return word;
}

}  // namespace

std::optional<Reached> search_words(const System& system, std::size_t most, const base::Limits& limits,
                                    std::size_t most_of_each) {
    Reached reached;
    reached.states.push_back({0, std::vector<std::int64_t>(system.counters, 0)});
    std::vector<Arrival> steps(1);
    std::map<State, std::size_t> known{{reached.states.front(), 0}};
    std::vector<std::size_t> of_each(system.next.size());
    for (std::size_t k = 0; k < reached.states.size(); ++k) {
        if (k % 256 == 0 && limits.exceeded()) return std::nullopt;
        for (language::Symbol a = 0; a < system.symbols; ++a) {
            State next = reached.states[k];
            const Answers answers = read_symbol(system, next, a);
            if (answers.program != answers.language) {
                language::Word word = word_to(steps, k);
                word.push_back(a);
                reached.different = std::move(word);
                return reached;
            }
            if (reached.states.size() >= most || of_each[next.automaton] >= most_of_each ||
                !known.emplace(next, reached.states.size()).second)
                continue;
            ++of_each[next.automaton];
            reached.states.push_back(std::move(next));
            steps.push_back({k, a});
        }
    }
    reached.is_all = reached.states.size() < most && most_of_each == SIZE_MAX;
    return reached;
}

}  // namespace attest::counting
