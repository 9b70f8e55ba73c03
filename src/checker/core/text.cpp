#include "checker/core/text.hpp"

#include <algorithm>

// Words and symbols as texts. A symbol is its UTF-8 bytes: comparing bytes compares code points, and no normalisation
// makes two symbols of a file one.

namespace attest::checker {

namespace {

/// Of a text that is not empty, the bytes of its first character.
std::size_t first_character(std::string_view text) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) ++bytes;
    return bytes;
}

bool is_control(const Symbol& character) {
    const auto byte = [&](std::size_t k) {
        return k < character.size() ? static_cast<unsigned char>(character[k]) : 0;
    };
    return byte(0) < 0x20 || byte(0) == 0x7f || (byte(0) == 0xc2 && byte(1) < 0xa0);
}

}  // namespace

std::vector<Symbol> characters(std::string_view text) {
    std::vector<Symbol> symbols;
    for (; !text.empty(); text.remove_prefix(symbols.back().size()))
        symbols.emplace_back(text.substr(0, first_character(text)));
    return symbols;
}

bool is_symbol(std::string_view text) { return is_marker(text) && characters(text).size() == 1; }

bool is_marker(std::string_view text) {
    const std::vector<Symbol> all = characters(text);
    return !all.empty() && std::none_of(all.begin(), all.end(), is_control);
}

bool is_separated(const std::vector<Symbol>& alphabet) {
    return std::any_of(alphabet.begin(), alphabet.end(), [](const Symbol& s) { return characters(s).size() > 1; });
}

std::map<std::string_view, std::size_t> numbers_by_symbol(const std::vector<Symbol>& symbols) {
    std::map<std::string_view, std::size_t> numbers;
    for (std::size_t a = 0; a < symbols.size(); ++a) numbers.emplace(symbols[a], a);
    return numbers;
}

std::vector<std::string_view> symbols_of(std::string_view text, const std::vector<Symbol>& alphabet, Budget& budget) {
    const bool separated = is_separated(alphabet);
    std::vector<std::string_view> symbols;
    while (!text.empty()) {
        budget.step(8);
        budget.memory(2 * sizeof(std::string_view));
        symbols.push_back(text.substr(0, separated ? text.find(' ') : first_character(text)));
        text.remove_prefix(symbols.back().size());
        if (!separated || text.empty()) continue;
        text.remove_prefix(1);
        if (text.empty()) symbols.push_back(text);  // what a last blank separates is no symbol
    }
    return symbols;
}

std::string spell(const std::vector<std::size_t>& word, const std::vector<Symbol>& alphabet) {
    const bool separated = is_separated(alphabet);
    std::string text = "\"";
    for (std::size_t i = 0; i < word.size(); ++i) text += (separated && i > 0 ? " " : "") + alphabet[word[i]];
    return text + "\"";
}

std::optional<long> natural(std::string_view text, long most) {
    if (text.empty() || text.size() > 10 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    long value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > most) return std::nullopt;
    return value;
}

}  // namespace attest::checker
