#include "checker/language/language.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/regular.hpp"

// FORMAT.md, section 3: the text of a language, read as strictly as the section writes it. A text that is not in its
// one spelling is refused, since the claim's sentence shows the text and means what it says.

namespace attest::checker {
namespace {

using Family = Language::Family;

const std::string place = "manifest.json: claim.language";

[[noreturn]] void unknown(const std::string& text) {
    throw Defect(place, "the language \"" + text + "\" is not known");
}

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

std::vector<Symbol> brackets(long pairs) {
    std::vector<Symbol> symbols = {"(", ")", "[", "]", "{", "}", "<", ">"};
    for (char c = 'a'; c <= 'z'; ++c) {
        symbols.emplace_back(1, c);
        symbols.emplace_back(1, static_cast<char>(c - 'a' + 'A'));
    }
    symbols.resize(static_cast<std::size_t>(2 * pairs));
    return symbols;
}

bool read_plain(Language& language) {
    struct Row {
        const char* name;
        Family family;
        std::vector<Symbol> alphabet;
    };
    static const std::vector<Row> rows = {
        {"parity", Family::parity, {"0", "1"}},      {"even", Family::even, {"0", "1"}},
        {"majority", Family::majority, {"0", "1"}},  {"first", Family::first, {"0", "1"}},
        {"last", Family::last, {"0", "1"}},          {"all-ones", Family::all_ones, {"0", "1"}},
        {"palindrome", Family::palindrome, {}},      {"anbn", Family::anbn, {"a", "b"}},
        {"anbncn", Family::anbncn, {"a", "b", "c"}}, {"reset-dyck", Family::reset_dyck, {"(", ")", "1"}}};
    for (const Row& row : rows) {
        if (language.text != row.name) continue;
        language.family = row.family;
        if (!row.alphabet.empty()) language.alphabet = row.alphabet;
        return true;
    }
    return false;
}

void read_mod(Language& language, std::string_view parameters) {
    const std::size_t comma = parameters.find(',');
    if (comma == std::string_view::npos) unknown(language.text);
    const auto modulus = natural(parameters.substr(0, comma), 4096);
    const auto residue = natural(parameters.substr(comma + 1), 4095);
    if (!modulus || *modulus < 1 || !residue || *residue >= *modulus) unknown(language.text);
    language.family = Family::mod;
    language.alphabet = {"0", "1"};
    language.modulus = *modulus;
    language.residue = *residue;
}

void read_dyck(Language& language, std::string_view parameters) {
    const std::size_t comma = parameters.find(',');
    const auto pairs = natural(parameters.substr(0, comma), 30);
    if (!pairs || *pairs < 1) unknown(language.text);
    if (comma != std::string_view::npos) {
        language.depth = natural(parameters.substr(comma + 1), 1'000'000'000);
        if (!language.depth || *language.depth < 1) unknown(language.text);
    }
    language.family = Family::dyck;
    language.pairs = *pairs;
    language.alphabet = brackets(*pairs);
}

/// The one parameter of a family, from 1 on.
long read_parameter(const Language& language, std::string_view digits, long greatest) {
    const auto number = natural(digits, greatest);
    if (!number || *number < 1) unknown(language.text);
    return *number;
}

void read_shuffle(Language& language, std::string_view digits) {
    language.family = Family::shuffle;
    language.pairs = read_parameter(language, digits, 30);
    language.alphabet = brackets(language.pairs);
}

void read_boolexpr(Language& language, std::string_view digits) {
    language.family = Family::boolexpr;
    const long arity = read_parameter(language, digits, 26);
    language.alphabet = {"0", "1"};
    for (long r = 1; r <= arity; ++r) language.alphabet.emplace_back(1, static_cast<char>('a' + r - 1));
}

void read_nested(Language& language, std::string_view digits) {
    language.family = Family::nested;
    language.depth = read_parameter(language, digits, 4096);
    language.alphabet = {"a", "b"};
}

void read_factor(Language& language, std::string_view word, Budget& budget) {
    language.family = Family::contains;
    budget.memory(word.size(), 64);
    for (const Symbol& symbol : characters(word)) {
        budget.step(8 * language.alphabet.size());
        const auto found = std::find(language.alphabet.begin(), language.alphabet.end(), symbol);
        if (found == language.alphabet.end()) throw Defect(place, "'" + symbol + "' is not in the alphabet");
        language.factor.push_back(static_cast<std::size_t>(found - language.alphabet.begin()));
    }
    if (language.factor.empty() || language.factor.size() > 65535) unknown(language.text);
}

void read_table(Language& language, std::string_view digits, std::size_t length, Budget& budget) {
    constexpr std::size_t longest = 40;  // of 2^40 bits no manifest has the digits
    language.family = Family::table;
    language.alphabet = {"0", "1"};
    budget.memory(digits.size());
    budget.step(digits.size(), 8);
    for (const char c : digits) {
        const int value = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (value < 0) unknown(language.text);
        for (int bit = 3; bit >= 0; --bit) language.table.push_back((value >> bit & 1) != 0);
    }
    const std::size_t words = length < longest ? std::size_t{1} << length : 0;
    const bool fits = length <= 1 ? digits.size() == 1 : length < longest && words == 4 * digits.size();
    if (!fits) throw Defect(place, "the table is not one of length " + std::to_string(length));
    for (std::size_t w = words; w < language.table.size(); ++w)
        if (language.table[w]) throw Defect(place, "an unused bit of the table is set");
    language.table.resize(words);
}

void read_parameters(Language& language, std::size_t length, std::string_view automaton_file, Budget& budget) {
    const std::string& text = language.text;
    if (read_plain(language)) return;
    if (const auto word = after(text, "contains:")) return read_factor(language, *word, budget);
    if (const auto numbers = after(text, "mod:")) return read_mod(language, *numbers);
    if (const auto numbers = after(text, "dyck:")) return read_dyck(language, *numbers);
    if (const auto digits = after(text, "shuffle:")) return read_shuffle(language, *digits);
    if (const auto digits = after(text, "boolexpr:")) return read_boolexpr(language, *digits);
    if (const auto digits = after(text, "nested:")) return read_nested(language, *digits);
    if (const auto digits = after(text, "table:")) return read_table(language, *digits, length, budget);
    if (const auto digit = after(text, "tomita:")) {
        language.family = Family::tomita;
        language.alphabet = {"0", "1"};
        language.number = natural(*digit, 7).value_or(0);
        if (language.number < 1) unknown(text);
    } else if (const auto pattern = after(text, "regex:")) {
        language.family = Family::regex;
        try {
            language.regex = std::make_shared<Regex>(*pattern, language.alphabet, budget);
        } catch (const Defect& defect) {
            throw Defect(place, defect.what());
        }
    } else if (needs_language_file(text)) {
        language.family = Family::automaton;
        AutomatonFile file = read_automaton(automaton_file, "language.json", budget);
        language.alphabet = std::move(file.alphabet);
        language.automaton = std::move(file.automaton);
    } else {
        unknown(text);
    }
}

}  // namespace

std::string shown_language(const std::string& text) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF:,-";
    const bool chosen = text.starts_with("regex:") || text.starts_with("contains:") || text.size() > 80 ||
                        text.find_first_not_of(plain) != std::string::npos;
    return !chosen || text == "dfa:language.json" ? text : quoted(text, 400);
}

bool needs_language_file(const std::string& text) { return text == "dfa:language.json"; }

Language read_language(const std::string& text, const std::vector<Symbol>& open_alphabet, std::size_t length,
                       std::string_view automaton_file, Budget& budget) {
    Language language;
    language.text = text;
    language.alphabet = open_alphabet;
    if (is_separated(open_alphabet) && (after(text, "contains:") || after(text, "regex:")))
        throw Defect(place, "symbols of several characters are not written in " + text.substr(0, text.find(':')));
    read_parameters(language, length, automaton_file, budget);
    try {
        if (auto automaton = regular_automaton(language, budget)) language.automaton = minimal(*automaton, budget);
    } catch (const Defect& defect) {
        throw Defect(place, defect.what());
    }
    return language;
}

}  // namespace attest::checker
