// Recursive descent over the code points of a pattern:
//
//   alternation   = concatenation { "|" concatenation }
//   concatenation = { repetition }
//   repetition    = atom [ "*" | "+" | "?" | "{" m [ "," [ n ] ] "}" ]
//   atom          = symbol | "\" sign | "." | "[" [ "^" ] items "]" | "(" [ "?:" ] alternation ")"
//
// What other dialects give a second meaning to (a repetition right after a repetition, anchors, a lone `]`, a letter or
// digit after a backslash) is refused rather than guessed. FORMAT.md, section 3, is the same grammar in words.

#include "regex_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::language {

namespace {

/// Deep enough for any pattern that a person or a program means; shallow enough for any stack.
constexpr std::size_t most_nested = 200;
constexpr std::uint32_t most_repeated = 1000;
constexpr std::size_t most_named = 1000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Escape {
    std::string_view letters, instead;
};
/// What other dialects mean by a letter or digit after a backslash, and how that is written here.
constexpr Escape escapes[] = {
    {"d", "a digit is written [0-9]; "},
    {"D", "what is no digit is written [^0-9]; "},
    {"w", "a letter, digit or _ is written [A-Za-z0-9_]; "},
    {"W", "what is no letter, digit or _ is written [^A-Za-z0-9_]; "},
    {"s", "blanks are written as a class such as [ ]; "},
    {"S", "what is no blank is written as a class such as [^ ]; "},
    {"pP", "there are no properties, a class lists its symbols; "},
    {"bBAZzG", "a pattern matches the whole word, there are no anchors; "},
    {"123456789gk", "there are no back-references; "},
    {"0xuUNoc", "there are no numbered characters, the character itself is written; "},
    {"ntrfvae", "there are no control characters, the character itself is written; "},
};

std::string instead_of_escape(char c) {
    const auto known = std::find_if(std::begin(escapes), std::end(escapes),
                                    [&](const Escape& e) { return e.letters.find(c) != std::string_view::npos; });
    return fmt::format("{}the symbol is written '{}'", known == std::end(escapes) ? "" : known->instead, c);
}

class Parser {
  public:
    Parser(const std::string& pattern, const std::string& where)
        : text_(base::code_points(pattern, where)), where_(where) {}

    RegexSyntax parse() {
        syntax_.root = alternation();
        if (!at_end()) fail_at(next_, "')' without its '('");  // nothing else ends an alternation
        return std::move(syntax_);
    }

  private:
    bool at_end() const { return next_ == text_.size(); }
    bool sees(std::string_view character) const { return !at_end() && text_[next_] == character; }
    bool sees_one_of(std::string_view characters) const {
        return !at_end() && text_[next_].size() == 1 && characters.find(text_[next_]) != std::string_view::npos;
    }
    bool take(std::string_view character) {
        if (!sees(character)) return false;
        ++next_;
        return true;
    }

    std::string place(std::size_t index) const { return fmt::format("{}:{}", where_, index + 1); }
    [[noreturn]] void fail_at(std::size_t index, const std::string& what) const {
        throw base::InputError(place(index), what);
    }
    [[noreturn]] void fail(const std::string& expected) const {
        throw base::InputError(
            place(next_), expected,
            at_end() ? "the end of the pattern" : fmt::format("'{}'", base::printable(text_[next_])));
    }
    /// Of a bracket that was opened at `opened`.
    void close(std::string_view bracket, std::string_view opening, std::size_t opened) {
        if (take(bracket)) return;
        fail(fmt::format("'{}' for the '{}' at column {}", bracket, opening, opened + 1));
    }

    std::uint32_t add(RegexNode node) {
        syntax_.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(syntax_.nodes.size() - 1);
    }
    std::uint32_t add(RegexSet set) {
        syntax_.sets.push_back(std::move(set));
        const auto index = static_cast<std::uint32_t>(syntax_.sets.size() - 1);
        return add(RegexNode{RegexNode::Kind::symbols, {}, index, 0, {}});
    }
    std::uint32_t add(RegexNode::Kind kind, std::vector<std::uint32_t> parts) {
        if (parts.size() == 1) return parts.front();
        return add(RegexNode{kind, std::move(parts), 0, 0, {}});
    }

    std::uint32_t alternation() {
        std::vector<std::uint32_t> branches;
        do branches.push_back(concatenation());
        while (take("|"));
        return add(RegexNode::Kind::alternation, std::move(branches));
    }

    std::uint32_t concatenation() {
        std::vector<std::uint32_t> factors;
        while (!at_end() && !sees("|") && !sees(")")) factors.push_back(repetition());
        return add(RegexNode::Kind::concatenation, std::move(factors));
    }

    std::uint32_t repetition() {
        RegexNode node{RegexNode::Kind::repetition, {atom()}, 0, 0, {}};
        if (!sees_one_of("*+?{")) return node.parts.front();
        if (take("+")) node.least = 1;
        else if (take("?")) node.most = 1;
        else if (!take("*")) counts(node);
        if (sees_one_of("*+?{")) fail("no repetition right after a repetition (use parentheses)");
        return add(std::move(node));
    }

    void counts(RegexNode& node) {
        const std::size_t opened = next_++;
        node.least = count(0);
        node.most = node.least;
        if (take(",")) {
            node.most.reset();
            if (!sees("}")) node.most = count(node.least);
        }
        close("}", "{", opened);
    }

    std::uint32_t count(std::uint32_t least) {
        const std::size_t first = next_;
        std::uint32_t value = 0;
        std::string digits;
        for (; sees_one_of("0123456789"); ++next_) {
            digits += text_[next_];
            value = std::min(value * 10 + static_cast<std::uint32_t>(text_[next_][0] - '0'), most_repeated + 1);
        }
        const std::string expected = fmt::format("a count from {} to {}", least, most_repeated);
        if (digits.empty()) fail(expected);
        if (digits.size() > 1 && digits.front() == '0')
            throw base::InputError(place(first), "a count without leading zeros", base::printable(digits));
        if (value < least || value > most_repeated)
            throw base::InputError(place(first), expected, base::printable(digits));
        return value;
    }

    std::uint32_t atom() {
        if (sees("(")) return group();
        if (sees("[")) return symbol_class();
        if (take(".")) return add(RegexSet{true, {}});
        if (sees_one_of("*+?{")) fail("a symbol, class or group to repeat");
        if (sees_one_of("]}"))
            fail_at(next_, fmt::format("'{0}' closes nothing; the symbol is written '\\{0}'", text_[next_]));
        if (sees_one_of("^$"))
            fail_at(next_,
                    fmt::format("a pattern matches the whole word, there are no anchors; the symbol is written '\\{}'",
                                text_[next_]));
        const std::size_t index = next_;
        const std::string symbol = literal();
        return add(RegexSet{false, {{symbol, symbol, index + 1, true}}});
    }

    /// One character that stands for itself, escaped or not.
    std::string literal() {
        const std::size_t first = next_;
        const bool escaped = take("\\");
        if (at_end()) fail("a symbol");
        const std::string& symbol = text_[next_++];
        if (escaped && symbol.size() == 1 && (is_digit(symbol[0]) || is_letter(symbol[0])))
            fail_at(first, fmt::format("'\\{}' means something else in other dialects, and nothing here: {}", symbol,
                                       instead_of_escape(symbol[0])));
        return symbol;
    }

    std::uint32_t group() {
        const std::size_t opened = next_++;
        if (++nested_ > most_nested) fail_at(opened, fmt::format("parentheses nested more than {} deep", most_nested));
        if (take("?") && !take(":")) fail("':' after '(?'");
        const std::uint32_t inside = alternation();
        close(")", "(", opened);
        --nested_;
        return inside;
    }

    std::uint32_t symbol_class() {
        const std::size_t opened = next_++;
        RegexSet set;
        set.complement = take("^");
        if (sees("]")) fail("a symbol in the class");
        while (!at_end() && !sees("]")) set.ranges.push_back(class_item());
        close("]", "[", opened);
        return add(std::move(set));
    }

    RegexSet::Range class_item() {
        const std::size_t index = next_;
        const std::string from = literal();
        // A minus sign right before the closing bracket stands for itself.
        const bool range = sees("-") && next_ + 1 < text_.size() && text_[next_ + 1] != "]";
        if (!range) return {from, from, index + 1, true};
        ++next_;
        const std::string to = literal();
        if (to < from)
            throw base::InputError(place(index), "a range upwards by code point",
                                   fmt::format("'{}-{}'", base::printable(from), base::printable(to)));
        return {from, to, index + 1, false};
    }

    std::vector<std::string> text_;
    const std::string& where_;
    std::size_t next_ = 0;
    std::size_t nested_ = 0;
    RegexSyntax syntax_;
};

char32_t decode(const std::string& character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) return byte(0);
    char32_t code = byte(0) & (0xFFu >> (character.size() + 1));
    for (std::size_t i = 1; i < character.size(); ++i) code = code << 6 | (byte(i) & 0x3Fu);
    return code;
}

std::string encode(char32_t code) {
    const auto continuation = [&](unsigned shift) { return static_cast<char>(0x80u | (code >> shift & 0x3Fu)); };
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xC0u | code >> 6), continuation(0)};
    if (code < 0x10000) return {static_cast<char>(0xE0u | code >> 12), continuation(6), continuation(0)};
    return {static_cast<char>(0xF0u | code >> 18), continuation(12), continuation(6), continuation(0)};
}

}  // namespace

RegexSyntax parse_regex_syntax(const std::string& pattern, const std::string& where) {
    return Parser(pattern, where).parse();
}

std::vector<std::string> named_symbols(const RegexSyntax& syntax, const std::string& where) {
    std::set<std::string> symbols;
    for (const auto& set : syntax.sets) {
        for (const auto& range : set.ranges) {
            for (char32_t code = decode(range.from), last = decode(range.to); code <= last; ++code) {
                if (code >= 0xD800 && code < 0xE000) continue;  // surrogates are no characters
                symbols.insert(encode(code));
                if (symbols.size() > most_named)
                    throw base::InputError(fmt::format("{}:{}", where, range.column),
                                           fmt::format("at most {} symbols where no alphabet is given", most_named),
                                           "more");
            }
        }
    }
    return {symbols.begin(), symbols.end()};
}

}  // namespace attest::language
