#include "read_symbols.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/text.hpp"

namespace attest::model {

language::Alphabet read_alphabet(const base::JsonNode& root) {
    const base::JsonNode list = root.at("alphabet");
    std::vector<std::string> symbols;
    for (const base::JsonNode& node : list.elements()) {
        const std::string& symbol = node.as_string();
        if (base::code_points(symbol, node.where()).size() != 1) node.fail("a symbol of one character");
        if (language::is_control(symbol)) node.fail("a symbol that is no control character");
        if (std::find(symbols.begin(), symbols.end(), symbol) != symbols.end()) node.fail("each symbol once", fmt::format("\"{}\" again", base::printable(symbol)));
        symbols.push_back(symbol);
    }
    if (symbols.empty()) list.fail("at least one symbol");
    return language::Alphabet(std::move(symbols));
}

std::optional<std::string> read_marker(const base::JsonNode& root, const char* key, const language::Alphabet& alphabet) {
    if (!root.has(key) || root.at(key).value().is_null()) return std::nullopt;
    const std::string& symbol = root.at(key).as_string();
    if (symbol.empty()) root.at(key).fail("a symbol");
    if (alphabet.find(symbol)) root.at(key).fail("a symbol outside the alphabet");
    return symbol;
}

}  // namespace attest::model
