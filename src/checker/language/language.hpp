#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/language/automaton.hpp"
#include "checker/language/regex.hpp"

namespace attest::checker {

/// A language of FORMAT.md section 3, over symbol numbers of its own alphabet.
struct Language {
    enum class Family {
        parity,
        even,
        majority,
        first,
        last,
        all_ones,
        contains,
        mod,
        dyck,
        palindrome,
        tomita,
        anbn,
        anbncn,
        shuffle,
        reset_dyck,
        boolexpr,
        nested,
        regex,
        automaton,
        table
    };

    Family family{};
    std::string text;
    std::vector<Symbol> alphabet;

    long modulus = 0;                 ///< mod
    long residue = 0;                 ///< mod
    long pairs = 0;                   ///< dyck, shuffle
    std::optional<long> depth;        ///< dyck, nested
    long number = 0;                  ///< tomita
    std::vector<std::size_t> factor;  ///< contains
    std::shared_ptr<const Regex> regex;
    std::vector<bool> table;  ///< [word of the certificate's length, first symbol most significant]

    /// The minimal automaton, where the family is regular.
    std::optional<Automaton> automaton;

    /// By the definition of the family; the minimal automaton is used for the family `automaton` only.
    bool contains(const std::vector<std::size_t>& word, Budget& budget) const;
};

/// Reads the language's text.
///
/// Shape   open_alphabet: the alphabet of the families that take theirs from the claim; length: N of the
/// claim;
///         automaton_file: the bytes of language.json, used by `dfa:language.json` only
/// Throws  Defect
Language read_language(const std::string& text, const std::vector<Symbol>& open_alphabet, std::size_t length,
                       std::string_view automaton_file, Budget& budget);

/// The language as it stands in a sentence: one whose text is a stranger's (a pattern, a word, a long table) in
/// quotation marks.
std::string shown_language(const std::string& text);

/// Whether the language is held in a file of the certificate.
bool needs_language_file(const std::string& text);

/// The automaton of the file, as it stands. Throws Defect (place).
struct AutomatonFile {
    std::vector<Symbol> alphabet;
    Automaton automaton;
};
AutomatonFile read_automaton(std::string_view bytes, const std::string& file, Budget& budget);

}  // namespace attest::checker
