#pragma once

#include <vector>

#include "attest/language/alphabet.hpp"

namespace attest::tests {

/// The inputs of a circuit that stand for a word.
inline std::vector<bool> assignment(const language::Word& word, std::size_t symbols) {
    std::vector<bool> inputs;
    for (const language::Symbol s : word) {
        if (symbols == 2) inputs.push_back(s == 1);
        if (symbols > 2)
            for (language::Symbol a = 0; a < symbols; ++a) inputs.push_back(a == s);
    }
    return inputs;
}

}  // namespace attest::tests
