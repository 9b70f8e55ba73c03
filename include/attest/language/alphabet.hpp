#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::language {

/// A symbol, as its index in an alphabet.
using Symbol = std::uint32_t;
/// A word over an alphabet: symbol indices.
using Word = std::vector<Symbol>;

/// Whether a character cannot be a symbol: a line break or an escape in a word would break the lines that scripts read.
bool is_control(std::string_view symbol);

/// Whether words over these symbols can be read back: if one has several characters, words are written with blanks
/// between symbols, and no symbol may hold a blank.
bool can_be_told_apart(const std::vector<std::string>& symbols);

/// A finite, ordered, not empty set of distinct symbols, each one character (code point) or, for models of version 2,
/// several.
class Alphabet {
  public:
    /// Throws  UsageError if empty, repeated, or a symbol is empty, no text, or has a control character.
    explicit Alphabet(std::vector<std::string> symbols);

    std::size_t size() const { return symbols_.size(); }
    const std::string& symbol(Symbol s) const { return symbols_[s]; }
    const std::vector<std::string>& symbols() const { return symbols_; }
    std::optional<Symbol> find(std::string_view symbol) const;

    /// Whether a symbol has several characters, so that words are written with blanks between symbols.
    bool is_separated() const { return separated_; }

    /// The word that a text spells.
    /// Throws  InputError at `where:place` for what is no symbol, the place being that of the symbol in the word.
    Word parse(std::string_view text, const std::string& where) const;
    /// The word of these symbols. Throws  as parse
    Word parse(const std::vector<std::string>& symbols, const std::string& where) const;
    /// The text of a word, which parse takes back.
    std::string spell(const Word& word) const;
    /// The texts of symbols as a word puts them together.
    std::string join(const std::vector<std::string>& texts) const;
    /// `{0, 1}`
    std::string describe() const;

    bool operator==(const Alphabet&) const = default;

  private:
    std::vector<std::string> symbols_;
    bool separated_ = false;
};

/// Number of words of this length if it is at most `limit`, else nothing.
std::optional<std::uint64_t> count_words(const Alphabet& alphabet, std::uint64_t length, std::uint64_t limit);

/// The words of one length in lexicographic order: `word` becomes the next one; false after the last.
bool next_word(Word& word, const Alphabet& alphabet);

}  // namespace attest::language
