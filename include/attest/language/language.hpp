#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "attest/language/counting.hpp"
#include "attest/language/dfa.hpp"

namespace attest::language {

/// How a language is given, by the form that a circuit for it takes (FORMAT.md, section 6.4).
struct Regular {
    Dfa automaton;  ///< minimal, canonical numbering
};
struct Majority {};
struct Palindrome {};
/// aᵏbᵏ, or aᵏbᵏcᵏ
struct EqualBlocks {
    std::uint32_t letters = 2;
};
struct Dyck {
    std::uint32_t kinds = 1;             ///< K
    std::optional<std::uint64_t> depth;  ///< D, none: unbounded
};
struct Table {
    /// The length whose words use all bits, at least 2. A table of one digit (4 bits) is also one for the lengths 0 and 1,
    /// where the bits past the first 2^N are 0.
    std::uint64_t length = 0;
    /// By word, 0…0 first, first symbol most significant; 2^length bits. Also at the lengths 0 and 1 the index is the word.
    std::vector<bool> accepts;
};

/// A language over an alphabet: a name, a form, and membership by definition.
class Language {
  public:
    using Form = std::variant<Regular, Majority, Palindrome, EqualBlocks, Dyck, Counting, Table>;

    /// The language that `text` names (specification: `parity`, `dyck:2,3`, `regex:…`, …).
    /// `over`: the alphabet for languages that exist over any (palindrome, contains, regex); where it is
    /// nothing, {0, 1} is used, or for `contains` and `regex` the literal symbols of the text when they are not all 0/1.
    /// Throws  UsageError for an unknown name (naming the nearest) or bad parameters;
    ///         InputError for a bad pattern, table or automaton file.
    static Language parse(const std::string& text, const std::optional<Alphabet>& over);

    const std::string& name() const { return name_; }
    const Alphabet& alphabet() const { return alphabet_; }
    const Form& form() const { return form_; }
    /// The bytes of the automaton file of a `dfa:` language, else empty.
    const std::string& source() const { return source_; }

    /// Whether the language is defined for words of this length (a table is not for all).
    bool defined_at(std::uint64_t length) const;
    /// Membership, by the definition, not by the automaton where there is a shorter one.
    /// Throws  UsageError unless defined_at(word.size())
    bool contains(const Word& word) const;
    /// The number of words of this length in the language.
    /// Exact   yes
    /// Throws  UsageError unless defined_at(length)
    mpz_class count(std::uint64_t length) const;

  private:
    Language(std::string name, Alphabet alphabet, Form form, std::function<bool(const Word&)> definition,
             std::string source);
    void require_defined_at(std::uint64_t length) const;

    std::string name_;
    Alphabet alphabet_;
    Form form_;
    std::function<bool(const Word&)> definition_;  ///< none: the automaton is the definition
    std::string source_;
};

/// One row of `attest languages`.
struct LanguageInfo {
    std::string syntax;      ///< `mod:M,R`
    std::string alphabet;    ///< `0 1`
    std::string definition;  ///< one line
    std::string example;     ///< a member; with parameters `mod:3,2: 0110`; empty where a file is needed
};

/// The table of all languages, in the order of the specification.
const std::vector<LanguageInfo>& catalogue();

/// Which language symbol each model symbol stands for, in the order of the model's alphabet.
/// `map` is empty (each stands for itself) or has exactly one entry for each model symbol.
/// Throws  UsageError naming both alphabets and `--map`.
std::vector<Symbol> relate(const Alphabet& model, const Alphabet& language,
                           const std::vector<std::pair<std::string, std::string>>& map);

}  // namespace attest::language
