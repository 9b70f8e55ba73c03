#include "attest/language/alphabet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"

namespace attest::language {

namespace {

bool is_one_character(const std::string& symbol) {
    try {
        return base::code_points(symbol, "symbol").size() == 1;
    } catch (const base::InputError&) {  // not UTF-8
        return false;
    }
}

/// Sets in messages stay short: of more symbols than this only the ends are shown.
constexpr std::size_t most_described = 32;

std::string describe_symbol(const std::string& symbol) {
    return symbol == " " || symbol == "," ? fmt::format("'{}'", symbol) : base::printable(symbol);
}

}  // namespace

bool is_control(std::string_view symbol) {
    const auto byte = [&](std::size_t k) { return k < symbol.size() ? static_cast<unsigned char>(symbol[k]) : 0; };
    return byte(0) < 0x20 || byte(0) == 0x7f || (byte(0) == 0xc2 && byte(1) < 0xa0);
}

Alphabet::Alphabet(std::vector<std::string> symbols) : symbols_(std::move(symbols)) {
    if (symbols_.empty()) throw base::UsageError("an alphabet needs at least one symbol");
    for (const auto& symbol : symbols_) {
        if (!is_one_character(symbol))
            throw base::UsageError(
                fmt::format("a symbol of an alphabet is one character, found '{}'", base::printable(symbol)));
        if (is_control(symbol))
            throw base::UsageError(
                fmt::format("a symbol of an alphabet is no control character, found '{}'", base::printable(symbol)));
    }
    auto sorted = symbols_;
    std::sort(sorted.begin(), sorted.end());
    const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
    if (repeated != sorted.end())
        throw base::UsageError(fmt::format("the symbols of an alphabet are distinct, found '{}' twice",
                                           base::printable(*repeated)));
}

std::optional<Symbol> Alphabet::find(std::string_view symbol) const {
    const auto at = std::find(symbols_.begin(), symbols_.end(), symbol);
    if (at == symbols_.end()) return std::nullopt;
    return static_cast<Symbol>(at - symbols_.begin());
}

Word Alphabet::parse(std::string_view text, const std::string& where) const {
    Word word;
    for (const auto& character : base::code_points(text, where)) {
        const auto symbol = find(character);
        if (!symbol)
            throw base::InputError(fmt::format("{}:{}", where, word.size() + 1),
                                   "a symbol of the alphabet " + describe(),
                                   fmt::format("'{}'", base::printable(character)));
        word.push_back(*symbol);
    }
    return word;
}

std::string Alphabet::spell(const Word& word) const {
    std::string text;
    for (const Symbol s : word) text += symbols_[s];
    return text;
}

std::string Alphabet::describe() const {
    const bool shortened = size() > most_described;
    std::string text = "{";
    for (std::size_t s = 0; s < size(); ++s) {
        if (shortened && s == most_described / 2) {
            text += ", …";
            s = size() - most_described / 2;
        }
        if (s > 0) text += ", ";
        text += describe_symbol(symbols_[s]);
    }
    return text + "}";
}

std::optional<std::uint64_t> count_words(const Alphabet& alphabet, std::uint64_t length,
                                         std::uint64_t limit) {
    if (limit == 0) return std::nullopt;
    std::uint64_t words = 1;
    if (alphabet.size() == 1) return words;
    for (std::uint64_t i = 0; i < length; ++i) {
        if (words > limit / alphabet.size()) return std::nullopt;
        words *= alphabet.size();
    }
    return words;
}

bool next_word(Word& word, const Alphabet& alphabet) {
    for (auto symbol = word.rbegin(); symbol != word.rend(); ++symbol) {
        if (++*symbol < alphabet.size()) return true;
        *symbol = 0;
    }
    return false;
}

}  // namespace attest::language
