#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attest::language {

/// What one place of a pattern reads, before the alphabet is known: `a`, `.`, `[a-z]`, `[^ab]`.
struct RegexSet {
    /// The symbols from … to by code point. (UTF-8 strings compare as their code points do.)
    struct Range {
        std::string from, to;
        std::size_t column = 0;  ///< in the pattern, from 1
        bool literal = false;    ///< a single symbol, which must be in the alphabet
    };
    bool complement = false;  ///< all symbols but these; `.` is all but none
    std::vector<Range> ranges;
};

/// A node of the syntax tree of a pattern.
struct RegexNode {
    enum class Kind { symbols, concatenation, alternation, repetition };
    Kind kind = Kind::concatenation;
    std::vector<std::uint32_t> parts;   ///< nodes; a concatenation of none is the empty word
    std::uint32_t set = 0;              ///< symbols: index of the set
    std::uint32_t least = 0;            ///< repetition
    std::optional<std::uint32_t> most;  ///< repetition; none: unbounded
};

struct RegexSyntax {
    std::vector<RegexNode> nodes;  ///< parts before wholes
    std::vector<RegexSet> sets;
    std::uint32_t root = 0;
};

/// Reads a pattern (FORMAT.md, section 3).
/// Throws  InputError at `where:column`
RegexSyntax parse_regex_syntax(const std::string& pattern, const std::string& where);

/// The symbols that a pattern names, in order of code points, ranges in full.
/// Throws  InputError where ranges name more than a thousand.
std::vector<std::string> named_symbols(const RegexSyntax& syntax, const std::string& where);

}  // namespace attest::language
