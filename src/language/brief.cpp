#include "language/brief.hpp"

#include <fmt/format.h>

namespace attest::language {

namespace {
constexpr std::size_t most_runs = 6;
}

std::string spell_briefly(const Alphabet& alphabet, const Word& word, std::size_t most) {
    if (word.size() <= most) return alphabet.spell(word);
    std::string text;
    std::size_t runs = 0;
    for (std::size_t p = 0; p < word.size();) {
        std::size_t end = p;
        while (end < word.size() && word[end] == word[p]) ++end;
        if (++runs > most_runs) return text + " ...";
        text += fmt::format("{}{}^{}", text.empty() ? "" : " ", alphabet.symbol(word[p]), end - p);
        p = end;
    }
    return text;
}

}  // namespace attest::language
