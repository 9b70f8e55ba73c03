#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/language/alphabet.hpp"

namespace attest::restriction {

/// Some positions of a word fixed to symbols, the others free: the set of words that agree with it.
struct Restriction {
    std::vector<std::optional<language::Symbol>> fixed;  ///< by position of the word, from 0; nothing: free

    static Restriction all_free(std::size_t length) { return {std::vector<std::optional<language::Symbol>>(length)}; }
    static Restriction only(const language::Word& word) { return {{word.begin(), word.end()}}; }

    std::size_t length() const { return fixed.size(); }
    std::size_t free_count() const;
    std::size_t fixed_count() const { return length() - free_count(); }
    /// Free positions, from 0, ascending.
    std::vector<std::size_t> free_positions() const;
    bool admits(const language::Word& word) const;
    /// The first word that it admits: the first symbol at each free position.
    language::Word first_word() const;
    /// The next word that it admits after `word`, last position fastest; false after the last.
    bool next_word(language::Word& word, std::size_t symbols) const;
    /// The symbols that are fixed, `*` where it is free: `01**1`.
    std::string spell(const language::Alphabet& alphabet) const;

    bool operator==(const Restriction&) const = default;
};

}  // namespace attest::restriction
