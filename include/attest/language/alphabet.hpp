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

/// A finite, ordered, not empty set of distinct symbols, each one character (code point).
class Alphabet {
  public:
    /// Throws  UsageError if empty, repeated, or a symbol is not one character.
    explicit Alphabet(std::vector<std::string> symbols);

    std::size_t size() const { return symbols_.size(); }
    const std::string& symbol(Symbol s) const { return symbols_[s]; }
    const std::vector<std::string>& symbols() const { return symbols_; }
    std::optional<Symbol> find(std::string_view symbol) const;

    /// The word that a text spells.
    /// Throws  InputError at `where:column` for a character that is no symbol.
    Word parse(std::string_view text, const std::string& where) const;
    std::string spell(const Word& word) const;
    /// `{0, 1}`
    std::string describe() const;

    bool operator==(const Alphabet&) const = default;

  private:
    std::vector<std::string> symbols_;
};

/// Number of words of this length if it is at most `limit`, else nothing.
std::optional<std::uint64_t> count_words(const Alphabet& alphabet, std::uint64_t length, std::uint64_t limit);

/// The words of one length in lexicographic order: `word` becomes the next one; false after the last.
bool next_word(Word& word, const Alphabet& alphabet);

}  // namespace attest::language
