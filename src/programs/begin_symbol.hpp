#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace attest::programs {

/// A symbol outside the alphabet, for the beginning of words.
inline std::string begin_symbol(const std::vector<std::string>& alphabet) {
    const auto is_free = [&](const std::string& symbol) {
        return std::find(alphabet.begin(), alphabet.end(), symbol) == alphabet.end();
    };
    for (const char* symbol : {"^", "$", "<s>"})
        if (is_free(symbol)) return symbol;
    std::string symbol = "<s1>";
    for (int k = 2; !is_free(symbol); ++k) symbol = "<s" + std::to_string(k) + ">";
    return symbol;
}

}  // namespace attest::programs
