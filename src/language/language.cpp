#include "attest/language/language.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "base/text.hpp"
#include "definition.hpp"
#include "language/automaton_file.hpp"
#include "regex_syntax.hpp"
#include "regular.hpp"

namespace attest::language {

namespace {

constexpr const char* in_pattern = "regular expression";
constexpr const char* in_factor = "word of contains";
constexpr const char* in_table = "truth table";

/// What was asked for: `text` is `HEAD` or `HEAD:PARAMETER`.
struct Request {
    std::string text;
    std::string parameter;
    const std::optional<Alphabet>& over;

    [[noreturn]] void refuse(const std::string& what) const {
        throw base::UsageError(fmt::format("language '{}': {}", base::printable(text), what));
    }
};

/// What a language consists of, its name apart.
struct Parts {
    Alphabet alphabet;
    Language::Form form;
    std::function<bool(const Word&)> definition;  ///< none: the automaton is the definition
    std::string source = {};
};

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> pieces{""};
    for (const char c : text)
        if (c == separator) pieces.emplace_back();
        else pieces.back() += c;
    return pieces;
}

/// A whole number without sign or leading zeros, so that each language has one name.
std::uint64_t read_number(const Request& request, const std::string& name, const std::string& digits,
                          std::uint64_t least, std::uint64_t greatest) {
    std::uint64_t value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    const bool whole = error == std::errc() && stopped == end && (digits.size() == 1 || digits[0] != '0');
    if (!whole || value < least || value > greatest)
        request.refuse(fmt::format("expected a whole number {0} with {1} <= {0} <= {2}, found '{3}'", name, least,
                                   greatest, base::printable(digits, 40)));
    return value;
}

/// The alphabet to use where the language exists over any.
Alphabet alphabet_for(const std::optional<Alphabet>& over, const std::vector<std::string>& named) {
    if (over) return *over;
    const auto is_digit = [](const std::string& s) { return s == "0" || s == "1"; };
    if (std::all_of(named.begin(), named.end(), is_digit)) return binary();
    return Alphabet(named);
}

Parts make_contains(const Request& request) {
    if (request.parameter.empty()) request.refuse("expected a word of at least one symbol, as in contains:101");
    const auto symbols = base::code_points(request.parameter, in_factor);
    const std::set<std::string> distinct(symbols.begin(), symbols.end());
    const Alphabet alphabet = alphabet_for(request.over, {distinct.begin(), distinct.end()});
    const Word factor = alphabet.parse(request.parameter, in_factor);
    return {alphabet, Regular{factor_automaton(factor, alphabet)},
            [factor](const Word& word) { return definition::contains(word, factor); }};
}

Parts make_modulo(const Request& request) {
    constexpr std::uint64_t greatest_modulus = 4096;
    const auto numbers = split(request.parameter, ',');
    if (numbers.size() != 2) request.refuse("expected mod:M,R, as in mod:3,0");
    const auto modulus = read_number(request, "M", numbers[0], 1, greatest_modulus);
    const auto remainder = read_number(request, "R", numbers[1], 0, modulus - 1);
    return {binary(), Regular{modulo_automaton(modulus, remainder)},
            [=](const Word& word) { return definition::modulo(word, modulus, remainder); }};
}

Alphabet brackets(std::uint32_t kinds) {
    std::string symbols = "()[]{}<>";
    for (char c = 'a'; c <= 'z'; ++c) {
        symbols += c;
        symbols += static_cast<char>(c - 'a' + 'A');
    }
    std::vector<std::string> used;
    for (std::size_t i = 0; i < std::size_t{2} * kinds; ++i) used.emplace_back(1, symbols[i]);
    return Alphabet(std::move(used));
}

Parts make_dyck(const Request& request) {
    constexpr std::uint64_t most_kinds = 30;
    const auto numbers = split(request.parameter, ',');
    if (numbers.size() > 2) request.refuse("expected dyck:K or dyck:K,D, as in dyck:2,3");
    Dyck dyck;
    dyck.kinds = static_cast<std::uint32_t>(read_number(request, "K", numbers[0], 1, most_kinds));
    if (numbers.size() == 2) dyck.depth = read_number(request, "D", numbers[1], 1, UINT64_MAX);
    return {brackets(dyck.kinds), dyck,
            [depth = dyck.depth](const Word& word) { return definition::dyck(word, depth); }};
}

Parts make_shuffle(const Request& request) {
    constexpr std::uint64_t most_kinds = 30;
    const auto kinds = static_cast<std::uint32_t>(read_number(request, "K", request.parameter, 1, most_kinds));
    return {brackets(kinds), Counting(Shuffle{kinds}),
            [kinds](const Word& word) { return definition::shuffle(word, kinds); }};
}

/// Atoms 0 and 1, then an operator of each arity: a has 1, b has 2, …
Parts make_boolean_expression(const Request& request) {
    constexpr std::uint64_t greatest_arity = 26;
    const auto arity = static_cast<std::uint32_t>(read_number(request, "R", request.parameter, 1, greatest_arity));
    std::vector<std::string> symbols{"0", "1"};
    for (std::uint32_t r = 0; r < arity; ++r) symbols.emplace_back(1, static_cast<char>('a' + r));
    return {Alphabet(std::move(symbols)), Counting(BooleanExpression{arity}), definition::boolean_expression};
}

Parts make_nested(const Request& request) {
    constexpr std::uint64_t greatest_depth = 4096;
    const auto depth = read_number(request, "N", request.parameter, 1, greatest_depth);
    return {Alphabet({"a", "b"}), Regular{nested_automaton(depth)},
            [depth](const Word& word) { return definition::dyck(word, depth); }};
}

Parts make_regex(const Request& request) {
    const auto named = named_symbols(parse_regex_syntax(request.parameter, in_pattern), in_pattern);
    const Alphabet alphabet = alphabet_for(request.over, named);
    return {alphabet, Regular{parse_regex(request.parameter, alphabet, in_pattern)}, nullptr};
}

Parts make_dfa(const Request& request) {
    if (request.parameter.empty()) request.refuse("expected the file of an automaton, as in dfa:even.json");
    AutomatonFile file = read_automaton(request.parameter);
    Alphabet alphabet = file.automaton.alphabet;
    return {std::move(alphabet), Regular{minimize(file.automaton)}, nullptr, std::move(file.source)};
}

/// The bits of a truth table, the most significant of each digit first.
std::vector<bool> read_bits(const std::string& text) {
    std::vector<bool> bits;
    std::size_t column = 0;
    for (const auto& character : base::code_points(text, in_table)) {
        ++column;
        unsigned digit = 0;
        const auto [stopped, error] = std::from_chars(character.data(), character.data() + character.size(), digit, 16);
        if (error != std::errc())
            throw base::InputError(fmt::format("{}:{}", in_table, column), "a hexadecimal digit",
                                   fmt::format("'{}'", base::printable(character)));
        for (int bit = 3; bit >= 0; --bit) bits.push_back((digit >> bit & 1u) == 1);
    }
    return bits;
}

Parts make_table(const Request& request) {
    Table table;
    table.accepts = read_bits(request.parameter);
    table.length = 2;
    while (std::size_t{1} << table.length < table.accepts.size()) ++table.length;
    if (std::size_t{1} << table.length != table.accepts.size())
        throw base::InputError(in_table, "1, 2, 4, 8, … hexadecimal digits (a quarter of a power of two)",
                               std::to_string(table.accepts.size() / 4));
    const auto member = [accepts = table.accepts](const Word& word) { return definition::table(word, accepts); };
    return {binary(), std::move(table), member};
}

/// One row for each name that stands before a colon or alone.
struct Kind {
    std::string head;
    std::string syntax;
    bool parameter;
    Parts (*make)(const Request&);
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> table = {
        {"majority", "majority", false,
         [](const Request&) {
             return Parts{binary(), Majority{}, definition::majority};
         }},
        {"palindrome", "palindrome", false,
         [](const Request& r) {
             return Parts{alphabet_for(r.over, {}), Palindrome{}, definition::palindrome};
         }},
        {"anbn", "anbn", false,
         [](const Request&) {
             return Parts{Alphabet({"a", "b"}), EqualBlocks{2},
                          [](const Word& word) { return definition::equal_blocks(word, 2); }};
         }},
        {"anbncn", "anbncn", false,
         [](const Request&) {
             return Parts{Alphabet({"a", "b", "c"}), EqualBlocks{3},
                          [](const Word& word) { return definition::equal_blocks(word, 3); }};
         }},
        {"reset-dyck", "reset-dyck", false,
         [](const Request&) {
             return Parts{Alphabet({"(", ")", "1"}), Counting(ResetDyck{}), definition::reset_dyck};
         }},
        {"contains", "contains:WORD", true, make_contains},
        {"mod", "mod:M,R", true, make_modulo},
        {"dyck", "dyck:K or dyck:K,D", true, make_dyck},
        {"shuffle", "shuffle:K", true, make_shuffle},
        {"boolexpr", "boolexpr:R", true, make_boolean_expression},
        {"nested", "nested:N", true, make_nested},
        {"regex", "regex:PATTERN", true, make_regex},
        {"dfa", "dfa:FILE", true, make_dfa},
        {"table", "table:HEX", true, make_table},
    };
    return table;
}

std::string head_of(const std::string& text) { return text.substr(0, text.find(':')); }

/// No language has this name: says what is nearest to it.
[[noreturn]] void refuse_name(const Request& request) {
    const std::string head = head_of(request.text);
    std::vector<std::string> heads{"tomita"};
    for (const auto& fixed : fixed_regular()) heads.push_back(head_of(fixed.name));
    if (head == "tomita") request.refuse("expected tomita:1, tomita:2, … or tomita:7");
    if (std::find(heads.begin(), heads.end(), head) != heads.end()) request.refuse(head + " takes no parameter");

    for (const auto& kind : kinds()) heads.push_back(kind.head);
    std::string near = base::nearest(head, heads);
    if (near == "tomita") near = "tomita:1";
    for (const auto& kind : kinds())
        if (kind.head == near) near = kind.syntax;
    throw base::UsageError(fmt::format("unknown language '{}'{} ('attest languages' lists them)",
                                       base::printable(request.text),
                                       near.empty() ? "" : fmt::format("; did you mean {}?", near)));
}

Parts make(const Request& request) {
    for (const auto& fixed : fixed_regular())
        if (fixed.name == request.text) return {binary(), Regular{fixed.automaton()}, fixed.contains};
    for (const auto& kind : kinds()) {
        if (kind.head != head_of(request.text)) continue;
        const bool given = request.text.size() > kind.head.size();
        if (given && !kind.parameter) request.refuse(kind.head + " takes no parameter");
        if (!given && kind.parameter) request.refuse("expected " + kind.syntax);
        return kind.make(request);
    }
    refuse_name(request);
}

}  // namespace

Language::Language(std::string name, Alphabet alphabet, Form form, std::function<bool(const Word&)> definition,
                   std::string source)
    : name_(std::move(name)),
      alphabet_(std::move(alphabet)),
      form_(std::move(form)),
      definition_(std::move(definition)),
      source_(std::move(source)) {}

Language Language::parse(const std::string& text, const std::optional<Alphabet>& over) {
    const auto colon = text.find(':');
    const Request request{text, colon == std::string::npos ? "" : text.substr(colon + 1), over};
    if (over && over->is_separated() && (text.starts_with("contains:") || text.starts_with("regex:")))
        throw base::UsageError(
            fmt::format("{}: the alphabet {} has symbols of several characters, which it does not name; --map says "
                        "which symbol of the language each stands for",
                        base::printable(text.substr(0, colon)), over->describe()));
    Parts parts = make(request);
    return Language(text, std::move(parts.alphabet), std::move(parts.form), std::move(parts.definition),
                    std::move(parts.source));
}

bool Language::defined_at(std::uint64_t length) const {
    const auto* table = std::get_if<Table>(&form_);
    if (table == nullptr || length == table->length) return true;
    // One digit has room for the tables of the lengths 0 and 1 too; what they leave unused must be 0.
    if (table->length != 2 || length > 2) return false;
    return std::find(table->accepts.begin() + (1 << length), table->accepts.end(), true) == table->accepts.end();
}

void Language::require_defined_at(std::uint64_t length) const {
    if (!defined_at(length))
        throw base::UsageError(fmt::format("language '{}' is defined at length {}, not at {}", base::printable(name_),
                                           std::get<Table>(form_).length, length));
}

bool Language::contains(const Word& word) const {
    require_defined_at(word.size());
    return definition_ ? definition_(word) : std::get<Regular>(form_).automaton.accepts(word);
}

}  // namespace attest::language
