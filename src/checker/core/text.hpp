#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A symbol is one Unicode character, or in a model of version 2 several, held as its UTF-8 bytes (whose order is the
/// order of code points).
using Symbol = std::string;

/// The characters of the text in order. Needs valid UTF-8.
std::vector<Symbol> characters(std::string_view text);

/// Whether the text is one character that is no control character.
bool is_symbol(std::string_view text);

/// Whether the text can stand for a symbol where several characters may, such as `<s>`: not empty, no control
/// character.
bool is_marker(std::string_view text);

/// Where each symbol of a list stands, for who looks many of them up. The list must outlive it.
std::map<std::string_view, std::size_t> numbers_by_symbol(const std::vector<Symbol>& symbols);

/// Whether a symbol has several characters, so that words are written with a blank between symbols.
bool is_separated(const std::vector<Symbol>& alphabet);

/// The symbols of the word that the text writes, of the alphabet or not, as parts of the text. Words of certificates may
/// have millions.
std::vector<std::string_view> symbols_of(std::string_view text, const std::vector<Symbol>& alphabet, Budget& budget);

/// The text of a word, in quotation marks.
std::string spell(const std::vector<std::size_t>& word, const std::vector<Symbol>& alphabet);

/// The natural number that the text writes without sign, leading zeros or spaces; nothing for another text or
/// above most.
std::optional<long> natural(std::string_view text, long most);

}  // namespace attest::checker
