#include "checker/classes/every_change.hpp"

#include <vector>

#include "checker/kernel/defect.hpp"

// Membership changes with every symbol iff all words with an even number of the second symbol have one answer, and all
// others the other (FORMAT.md sections 9.9 to 9.11). An automaton and that number modulo two are two states: the set of
// those that words of the length lead to is all that matters.

namespace attest::checker {
namespace {

constexpr std::size_t most_listed = 22;

/// By the parity of the second symbol, what answers there are.
struct Answers {
    bool seen[2][2] = {{false, false}, {false, false}};

    void add(bool odd, bool member) { seen[odd ? 1 : 0][member ? 1 : 0] = true; }
    bool alternate() const {
        const bool even_in = seen[0][1] || seen[1][0], even_out = seen[0][0] || seen[1][1];
        return !(even_in && even_out);
    }
};

Answers by_automaton(const Automaton& automaton, std::size_t length, Budget& budget) {
    const std::size_t states = automaton.states();
    budget.memory(4 * states);
    std::vector<bool> reached(2 * states, false);
    reached[2 * automaton.start] = true;
    for (std::size_t k = 0; k < length; ++k) {
        budget.step(2 * states);
        std::vector<bool> next(2 * states, false);
        for (std::size_t pair = 0; pair < 2 * states; ++pair) {
            if (!reached[pair]) continue;
            next[2 * automaton.next[pair / 2][0] + pair % 2] = true;
            next[2 * automaton.next[pair / 2][1] + 1 - pair % 2] = true;
        }
        reached.swap(next);
    }
    Answers answers;
    for (std::size_t pair = 0; pair < 2 * states; ++pair)
        if (reached[pair]) answers.add(pair % 2 == 1, automaton.accepting[pair / 2]);
    return answers;
}

Answers by_words(const Language& language, std::size_t length, Budget& budget) {
    if (length > most_listed)
        throw Defect("manifest.json: claim.length",
                     "the language has no automaton, and there are more than 2^22 words");
    Answers answers;
    std::vector<std::size_t> word(length);
    for (std::size_t code = 0; code < std::size_t{1} << length; ++code) {
        bool odd = false;
        for (std::size_t i = 0; i < length; ++i) {
            word[i] = code >> i & 1;
            odd ^= word[i] == 1;
        }
        answers.add(odd, language.contains(word, budget));
    }
    return answers;
}

}  // namespace

bool changes_with_every_symbol(const Language& language, std::size_t length, Budget& budget) {
    if (language.alphabet.size() != 2) return false;
    const Answers answers =
        language.automaton ? by_automaton(*language.automaton, length, budget) : by_words(language, length, budget);
    return answers.alternate();
}

}  // namespace attest::checker
