#include "attest/language/alphabet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::language {

namespace {

/// None if it is not UTF-8.
std::vector<std::string> characters(const std::string& symbol) {
    try {
        return base::code_points(symbol, "symbol");
    } catch (const base::InputError&) {
        return {};
    }
}

bool is_long(const std::string& symbol) { return characters(symbol).size() > 1; }

/// The parts of the text between blanks.
std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == ' ' || c == '\t') {
            if (!parts.back().empty()) parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    if (parts.back().empty()) parts.pop_back();
    return parts;
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

bool can_be_told_apart(const std::vector<std::string>& symbols) {
    const auto has_blank = [](const std::string& symbol) { return symbol.find(' ') != std::string::npos; };
    return std::none_of(symbols.begin(), symbols.end(), is_long) ||
           std::none_of(symbols.begin(), symbols.end(), has_blank);
}

Alphabet::Alphabet(std::vector<std::string> symbols) : symbols_(std::move(symbols)) {
    if (symbols_.empty()) throw base::UsageError("an alphabet needs at least one symbol");
    for (const auto& symbol : symbols_) {
        const std::vector<std::string> all = characters(symbol);
        if (all.empty())
            throw base::UsageError(
                fmt::format("a symbol of an alphabet is a character or several, found '{}'", base::printable(symbol)));
        if (std::any_of(all.begin(), all.end(), is_control))
            throw base::UsageError(
                fmt::format("a symbol of an alphabet is no control character, found '{}'", base::printable(symbol)));
    }
    auto sorted = symbols_;
    std::sort(sorted.begin(), sorted.end());
    const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
    if (repeated != sorted.end())
        throw base::UsageError(
            fmt::format("the symbols of an alphabet are distinct, found '{}' twice", base::printable(*repeated)));
    if (!can_be_told_apart(symbols_))
        throw base::UsageError("where a symbol of an alphabet has several characters, none has a blank");
    separated_ = std::any_of(symbols_.begin(), symbols_.end(), is_long);
}

std::optional<Symbol> Alphabet::find(std::string_view symbol) const {
    const auto at = std::find(symbols_.begin(), symbols_.end(), symbol);
    if (at == symbols_.end()) return std::nullopt;
    return static_cast<Symbol>(at - symbols_.begin());
}

Word Alphabet::parse(std::string_view text, const std::string& where) const {
    return parse(separated_ ? split(text) : base::code_points(text, where), where);
}

Word Alphabet::parse(const std::vector<std::string>& symbols, const std::string& where) const {
    Word word;
    for (const auto& character : symbols) {
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
    std::vector<std::string> texts;
    for (const Symbol s : word) texts.push_back(symbols_[s]);
    return join(texts);
}

std::string Alphabet::join(const std::vector<std::string>& texts) const {
    return fmt::format("{}", fmt::join(texts, separated_ ? " " : ""));
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

std::optional<std::uint64_t> count_words(const Alphabet& alphabet, std::uint64_t length, std::uint64_t limit) {
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
