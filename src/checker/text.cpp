#include "checker/text.hpp"

namespace attest::checker {

std::vector<Symbol> characters(std::string_view text) {
    std::vector<Symbol> symbols;
    for (const char c : text) {
        const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
        if (continues && !symbols.empty()) {
            symbols.back() += c;
        } else {
            symbols.emplace_back(1, c);
        }
    }
    return symbols;
}

bool is_symbol(std::string_view text) {
    if (characters(text).size() != 1) return false;
    const auto first = static_cast<unsigned char>(text[0]);
    const bool control = first < 0x20 || first == 0x7f || (first == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0);
    return !control;
}

std::optional<long> natural(std::string_view text, long most) {
    if (text.empty() || text.size() > 10 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    long value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > most) return std::nullopt;
    return value;
}

}  // namespace attest::checker
