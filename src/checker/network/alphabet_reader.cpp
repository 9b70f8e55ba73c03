#include "checker/network/alphabet_reader.hpp"

#include <algorithm>
#include <set>

// MODEL.md, sections 5 and 9.1. Symbols are distinct, and begin and end are outside the alphabet, so that a sequence is
// read in one way only.

namespace attest::checker {

std::vector<Symbol> read_alphabet(const Cursor& top, bool long_symbols) {
    std::vector<Symbol> symbols;
    std::set<Symbol> seen;
    const Cursor alphabet = top.at("alphabet");
    if (alphabet.size() == 0) alphabet.fail("at least one symbol was expected");
    for (std::size_t a = 0; a < alphabet.size(); ++a) {
        const std::string& symbol = alphabet.item(a).string();
        if (long_symbols ? !is_marker(symbol) : !is_symbol(symbol))
            alphabet.item(a).fail(long_symbols ? "a symbol is not empty and has no control character"
                                               : "a symbol is one character, no control character");
        if (!seen.insert(symbol).second) alphabet.item(a).fail("the symbol occurs twice");
        symbols.push_back(symbol);
    }
    const auto has_blank = [](const Symbol& symbol) { return symbol.find(' ') != std::string::npos; };
    if (is_separated(symbols) && std::any_of(symbols.begin(), symbols.end(), has_blank))
        alphabet.fail("a symbol holds a blank, where one has several characters");
    return symbols;
}

std::optional<Symbol> read_marker(const Cursor& top, const char* key, const std::vector<Symbol>& alphabet) {
    const auto found = top.find(key);
    if (!found || found->is(Json::Kind::null)) return std::nullopt;
    const Symbol& marker = found->string();
    if (!is_marker(marker)) found->fail("a symbol is not empty and has no control character");
    if (std::find(alphabet.begin(), alphabet.end(), marker) != alphabet.end())
        found->fail("the symbol is in the alphabet");
    return marker;
}

}  // namespace attest::checker
