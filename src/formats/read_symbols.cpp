#include "read_symbols.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace attest::formats {

namespace {

void require_symbol(const base::JsonNode& node, bool long_symbol) {
    const std::vector<std::string> characters = base::code_points(node.as_string(), node.where());
    if (characters.empty() || (characters.size() > 1 && !long_symbol))
        node.fail(long_symbol ? "a symbol" : "a symbol of one character");
    if (std::any_of(characters.begin(), characters.end(), language::is_control))
        node.fail("a symbol that is no control character");
}

}  // namespace

language::Alphabet read_alphabet(const base::JsonNode& root, bool long_symbols) {
    const base::JsonNode list = root.at("alphabet");
    std::vector<std::string> symbols;
    for (const base::JsonNode& node : list.elements()) {
        require_symbol(node, long_symbols);
        const std::string& symbol = node.as_string();
        if (std::find(symbols.begin(), symbols.end(), symbol) != symbols.end())
            node.fail("each symbol once", fmt::format("\"{}\" again", base::printable(symbol)));
        symbols.push_back(symbol);
    }
    if (symbols.empty()) list.fail("at least one symbol");
    if (!language::can_be_told_apart(symbols))
        list.fail("symbols without blanks, where one has several characters", "a symbol with one");
    return language::Alphabet(std::move(symbols));
}

std::optional<std::string> read_marker(const base::JsonNode& root, const char* key,
                                       const language::Alphabet& alphabet) {
    if (!root.has(key) || root.at(key).value().is_null()) return std::nullopt;
    const std::string& symbol = root.at(key).as_string();
    require_symbol(root.at(key), true);
    if (alphabet.find(symbol)) root.at(key).fail("a symbol outside the alphabet");
    return symbol;
}

}  // namespace attest::formats
