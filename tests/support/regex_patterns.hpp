#pragma once

#include <string>
#include <vector>

namespace attest::tests {

/// A regular expression that both readers, the prover's and the checker's, accept or refuse.
struct Pattern {
    std::string text;
    bool accepted;
    std::string matches, other;  ///< a word that it matches, and one that it does not

    /// Every sign that a pattern of the table names.
    static std::vector<std::string> alphabet() {
        std::vector<std::string> symbols;
        for (const char c : std::string("01abdnswxDW_*+?{}()[]|.^$-\\<,:")) symbols.emplace_back(1, c);
        return symbols;
    }
};

/// The dialect of FORMAT.md, section 3, pattern by pattern.
inline std::vector<Pattern> patterns() {
    const auto yes = [](const char* text, const char* matches, const char* other) {
        return Pattern{text, true, matches, other};
    };
    const auto no = [](const char* text) { return Pattern{text, false, {}, {}}; };
    std::vector<Pattern> all{
        yes("", "", "0"),
        yes("0|1", "1", "01"),
        yes("(0|)1", "1", "0"),
        yes("()", "", "0"),
        yes("0*", "000", "001"),
        yes("(0*)*", "000", "001"),
        yes("0{2}", "00", "000"),
        yes("0{0}1", "1", "01"),
        yes("0{2,3}", "000", "0"),
        yes("0{2,}", "00000", "0"),
        yes("0{1000}", std::string(1000, '0').c_str(), "0"),
        yes("(?:01)+", "0101", "010"),
        yes(".", "*", "**"),
        yes("[01]", "1", "a"),
        yes("[^01]", "a", "1"),
        yes("[0-9]", "1", "a"),
        yes("[a-d]", "b", "n"),
        yes("[0-]", "-", "1"),
        yes("[-0]", "-", "1"),
        yes("[0^]", "^", "1"),
        yes("[$.*+?(){}|]", "|", "0"),
        yes("[\\]]", "]", "["),
        yes("[[]", "[", "]"),
        yes("[*-\\]]", "0", "a"),
        yes("[a\\-d]", "-", "b"),
        yes("\\*\\+\\?", "*+?", "000"),
        yes("\\{\\}\\[\\]\\(\\)", "{}[]()", ""),
        yes("\\|\\.\\^\\$", "|.^$", "0"),
        yes("\\\\", "\\", "\\\\"),
        yes("\\_\\-\\<\\,", "_-<,", "_"),
        yes("-<,:_", "-<,:_", "-"),
        yes("d", "d", "0"),
        // letters and digits after a backslash
        no("\\0"),
        no("\\1"),
        no("(0)\\1"),
        no("\\9"),
        no("\\d"),
        no("\\D"),
        no("\\w"),
        no("\\W"),
        no("\\s"),
        no("\\S"),
        no("\\b"),
        no("\\B"),
        no("\\A"),
        no("\\Z"),
        no("\\z"),
        no("\\n"),
        no("\\t"),
        no("\\r"),
        no("\\f"),
        no("\\v"),
        no("\\a"),
        no("\\e"),
        no("\\x30"),
        no("\\x{30}"),
        no("\\u0030"),
        no("\\N"),
        no("\\cA"),
        no("\\pL"),
        no("\\k<a>"),
        no("\\g1"),
        no("\\Q0\\E"),
        no("\\X"),
        no("\\R"),
        no("\\K"),
        no("\\h"),
        no("[\\d]"),
        no("[^\\w]"),
        no("[\\b]"),
        no("[\\0]"),
        no("[\\1-a]"),
        no("[0-\\d]"),
        no("[\\x30]"),
        no("[0\\n]"),
        // repetitions
        no("*"),
        no("+0"),
        no("?"),
        no("{2}"),
        no("0|*"),
        no("(*)"),
        no("0**"),
        no("0*?"),
        no("0+?"),
        no("0??"),
        no("0*+"),
        no("0{2}{3}"),
        no("0{2}*"),
        no("0{,2}"),
        no("0{}"),
        no("0{,}"),
        no("0{a}"),
        no("0{-1}"),
        no("0{ 1}"),
        no("0{1 }"),
        no("0{2,1}"),
        no("0{1001}"),
        no("0{1,1001}"),
        no("0{01}"),
        no("0{1,02}"),
        no("0{00}"),
        no("0{1"),
        no("0{1,"),
        no("0{99999999999999999999}"),
        // brackets
        no("("),
        no(")"),
        no("(0"),
        no("0)"),
        no("(?0)"),
        no("(?=0)"),
        no("(?!0)"),
        no("(?<a>0)"),
        no("(?P<a>0)"),
        no("(?i)0"),
        no("(?#0)"),
        no("(?"),
        no("["),
        no("]"),
        no("[]"),
        no("[^]"),
        no("[0"),
        no("[]0]"),
        no("[1-0]"),
        no("[0-"),
        no("}"),
        no("0}"),
        no("[[:digit:]]"),
        no("[[:alpha:]0]"),
        no("[^[:digit:]]"),
        // anchors
        no("^"),
        no("$"),
        no("^0$"),
        no("0$"),
        no("0|^1"),
        // the rest
        no("\\"),
        no("0\\"),
        no("[\\"),
        no("z"),
        no("\xc3\xa4"),
        no("0\xff"),
        no(" "),
    };
    for (const bool accepted : {true, false}) {
        const std::size_t depth = accepted ? 200 : 201;
        all.push_back({std::string(depth, '(') + "0" + std::string(depth, ')'), accepted, "0", "1"});
    }
    return all;
}

}  // namespace attest::tests
