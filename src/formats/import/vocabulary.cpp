#include "vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "attest/base/error.hpp"
#include "attest/language/alphabet.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace attest::formats::import {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// `SYMBOL=ROW` at the beginning of the text, where the symbol may hold `=` and `,`; it is cut off, and a comma behind
/// it.
std::optional<Token> cut_token(std::string_view& text) {
    for (std::size_t equals = text.find('=', 1); equals != std::string_view::npos;
         equals = text.find('=', equals + 1)) {
        const std::size_t comma = std::min(text.find(',', equals), text.size());
        const auto row = number(text.substr(equals + 1, comma - equals - 1));
        if (!row) continue;
        const Token token{std::string(text.substr(0, equals)), *row};
        text.remove_prefix(std::min(comma + 1, text.size()));
        return token;
    }
    return std::nullopt;
}

std::vector<Token> parse_tokens(const std::string& option, std::string_view text) {
    std::vector<Token> tokens;
    while (!text.empty()) {
        const auto token = cut_token(text);
        if (!token)
            throw base::UsageError(fmt::format("{}: expected SYMBOL=ROW, found {}", option, base::quoted(text)));
        tokens.push_back(*token);
    }
    return tokens;
}

std::optional<Token> parse_token(const std::string& option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const std::vector<Token> tokens = parse_tokens(option, text);
    if (tokens.size() != 1)
        throw base::UsageError(fmt::format("{}: expected one SYMBOL=ROW, found {}", option, base::quoted(text)));
    return tokens[0];
}

/// `0..112`: the decimal numbers.
std::optional<std::vector<std::string>> number_range(const std::string& text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) return std::nullopt;
    const auto from = number(std::string_view(text).substr(0, dots)),
               to = number(std::string_view(text).substr(dots + 2));
    if (!from || !to || *to < *from || *to - *from > 1'000'000) return std::nullopt;
    std::vector<std::string> symbols;
    for (std::uint64_t k = *from; k <= *to; ++k) symbols.push_back(std::to_string(k));
    return symbols;
}

std::vector<std::string> parse_alphabet(const std::string& text) {
    if (auto range = number_range(text)) return *range;
    if (text.find(' ') == std::string::npos) return base::code_points(text, "--alphabet");
    std::vector<std::string> symbols;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) symbols.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return symbols;
}

/// The letters with their rows, in the order of the alphabet.
std::vector<Token> letters(const Options& options, Settings& settings) {
    std::vector<Token> tokens = parse_tokens("--tokens", options.tokens);
    if (options.alphabet.empty()) return tokens;
    std::vector<Token> letters;
    for (const std::string& symbol : parse_alphabet(options.alphabet)) {
        const auto row = std::find_if(tokens.begin(), tokens.end(), [&](const Token& t) { return t.symbol == symbol; });
        if (options.tokens.empty()) letters.push_back({symbol, letters.size()});
        else if (row != tokens.end()) letters.push_back(*row), tokens.erase(row);
        else throw base::UsageError(fmt::format("--tokens: expected a row for {}, found none", base::quoted(symbol)));
    }
    if (!tokens.empty())
        throw base::UsageError(
            fmt::format("--tokens: expected symbols of the alphabet, found {}", base::quoted(tokens[0].symbol)));
    if (options.tokens.empty())
        settings.assume("tokens", "0, 1, …", "the symbols of --alphabet are rows in their order");
    return letters;
}

void require_distinct(const Vocabulary& vocabulary, std::uint64_t rows, bool told) {
    std::set<std::string> symbols;
    std::set<std::uint64_t> used;
    std::vector<Token> all = vocabulary.letters;
    for (const auto& token : {vocabulary.begin, vocabulary.end})
        if (token) all.push_back(*token);
    for (const Token& token : all) {
        const std::vector<std::string> characters = base::code_points(token.symbol, "import");
        if (std::any_of(characters.begin(), characters.end(), language::is_control))
            throw base::UsageError(fmt::format("import: expected symbols without control characters, found {}",
                                               base::quoted(token.symbol)));
        if (!symbols.insert(token.symbol).second)
            throw base::UsageError(
                fmt::format("import: expected each symbol once, found {} again", base::quoted(token.symbol)));
        if (!used.insert(token.row).second && !told)
            throw base::UsageError(fmt::format("import: expected --tokens, since row {} is that of {}, too", token.row,
                                               base::quoted(token.symbol)));
        if (token.row >= rows)
            throw base::UsageError(
                fmt::format("import: expected rows below {} (the embedding has no more), found {}={}", rows,
                            base::printable(token.symbol), token.row));
    }
}

}  // namespace

bool Vocabulary::is_separated() const {
    return std::any_of(letters.begin(), letters.end(),
                       [](const Token& t) { return base::code_points(t.symbol, "symbol").size() > 1; });
}

std::string Vocabulary::name_of_row(std::uint64_t row) const {
    for (const Token& token : letters)
        if (token.row == row) return token.symbol;
    for (const auto& token : {begin, end})
        if (token && token->row == row) return token->symbol;
    return fmt::format("#{}", row);
}

Vocabulary read_vocabulary(const Options& options, std::uint64_t rows, Settings& settings) {
    Vocabulary vocabulary;
    vocabulary.letters = letters(options, settings);
    if (vocabulary.letters.empty())
        throw base::UsageError(
            fmt::format("import: expected --alphabet or --tokens, which of the {} rows of the embedding "
                        "are letters, found neither",
                        rows));
    vocabulary.begin = parse_token("--begin", options.begin);
    vocabulary.end = parse_token("--end", options.end);
    require_distinct(vocabulary, rows, !options.tokens.empty());
    std::vector<std::string> symbols;
    for (const Token& token : vocabulary.letters) symbols.push_back(token.symbol);
    (void)language::Alphabet(symbols);
    return vocabulary;
}

}  // namespace attest::formats::import
