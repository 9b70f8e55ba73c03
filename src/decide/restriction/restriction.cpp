#include "attest/decide/restriction/restriction.hpp"

#include <algorithm>

namespace attest::restriction {

std::size_t Restriction::free_count() const {
    return static_cast<std::size_t>(std::count(fixed.begin(), fixed.end(), std::nullopt));
}

std::vector<std::size_t> Restriction::free_positions() const {
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < fixed.size(); ++i)
        if (!fixed[i]) free.push_back(i);
    return free;
}

bool Restriction::admits(const language::Word& word) const {
    if (word.size() != fixed.size()) return false;
    for (std::size_t i = 0; i < fixed.size(); ++i)
        if (fixed[i] && *fixed[i] != word[i]) return false;
    return true;
}

language::Word Restriction::first_word() const {
    language::Word word;
    for (const auto& symbol : fixed) word.push_back(symbol.value_or(0));
    return word;
}

bool Restriction::next_word(language::Word& word, std::size_t symbols) const {
    for (std::size_t i = word.size(); i-- > 0;) {
        if (fixed[i]) continue;
        if (++word[i] < symbols) return true;
        word[i] = 0;
    }
    return false;
}

std::string Restriction::spell(const language::Alphabet& alphabet) const {
    std::vector<std::string> texts;
    for (const auto& symbol : fixed) texts.push_back(symbol ? alphabet.symbol(*symbol) : "*");
    return alphabet.join(texts);
}

}  // namespace attest::restriction
