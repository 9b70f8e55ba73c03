#pragma once

#include "attest/restriction/function.hpp"

// What restrictions leave, by definition.

namespace attest::tests {

using restriction::Restriction;
using restriction::TruthTable;

inline bool answer(const TruthTable& table, const language::Word& word, std::size_t symbols) {
    std::size_t index = 0;
    for (const language::Symbol s : word) index = index * symbols + s;
    return table[index];
}

/// By definition: the positions on which the answer depends under a restriction.
inline std::vector<std::size_t> matters(const TruthTable& table, const Restriction& restriction, std::size_t symbols) {
    std::vector<std::size_t> found;
    for (const std::size_t i : restriction.free_positions()) {
        bool differs = false;
        language::Word word = restriction.first_word();
        do {
            language::Word other = word;
            for (language::Symbol a = 0; a < symbols; ++a) {
                other[i] = a;
                differs = differs || answer(table, other, symbols) != answer(table, word, symbols);
            }
        } while (restriction.next_word(word, symbols));
        if (differs) found.push_back(i);
    }
    return found;
}

}  // namespace attest::tests
