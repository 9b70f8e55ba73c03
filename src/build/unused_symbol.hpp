#pragma once

#include <string>

#include "attest/language/alphabet.hpp"

namespace attest::build {

/// A symbol outside an alphabet, for the begin or the end of words.
inline std::string unused_symbol(const language::Alphabet& alphabet) {
    for (const char* symbol : {"^", "$", "#", "@", "~", "_"})
        if (!alphabet.find(symbol)) return symbol;
    std::string symbol = "^";
    while (alphabet.find(symbol)) symbol += "^";
    return symbol;
}

}  // namespace attest::build
