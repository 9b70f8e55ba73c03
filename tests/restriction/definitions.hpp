#pragma once

#include "attest/decide/restriction/function.hpp"

// What restrictions leave, by definition.

namespace attest::tests {

using restriction::Restriction;
using restriction::TruthTable;

inline bool answer(const TruthTable& table, const language::Word& word, std::size_t symbols) {
    std::size_t index = 0;
    for (const language::Symbol s : word) index = index * symbols + s;
    return table[index];
}

/// The free positions at which some two admitted words that differ there only are seen to differ.
template <typename Observe>
std::vector<std::size_t> observed(const Restriction& restriction, std::size_t symbols, Observe observe) {
    std::vector<std::size_t> found;
    for (const std::size_t i : restriction.free_positions()) {
        bool differs = false;
        language::Word word = restriction.first_word();
        do {
            language::Word other = word;
            for (other[i] = 0; other[i] < symbols; ++other[i]) differs = differs || observe(other) != observe(word);
        } while (restriction.next_word(word, symbols));
        if (differs) found.push_back(i);
    }
    return found;
}

/// By definition: the positions on which the answer depends under a restriction.
inline std::vector<std::size_t> matters(const TruthTable& table, const Restriction& restriction, std::size_t symbols) {
    return observed(restriction, symbols, [&](const language::Word& word) { return answer(table, word, symbols); });
}

}  // namespace attest::tests
