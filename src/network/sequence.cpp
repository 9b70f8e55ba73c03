#include "network/sequence.hpp"

namespace attest::network {

std::vector<std::string> sequence(const Transformer& t, const language::Word& word) {
    std::vector<std::string> symbols;
    if (t.begin) symbols.push_back(*t.begin);
    for (const language::Symbol s : word) symbols.push_back(t.alphabet.symbol(s));
    if (t.end) symbols.push_back(*t.end);
    return symbols;
}

std::vector<std::string> sequence(const Guhat& tables, const language::Word& word) {
    std::vector<std::string> symbols;
    for (const language::Symbol s : word) symbols.push_back(tables.alphabet.symbol(s));
    if (tables.end) symbols.push_back(*tables.end);
    return symbols;
}

}  // namespace attest::network
