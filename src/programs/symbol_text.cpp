#include "symbol_text.hpp"

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::programs {

std::string symbol_text(const std::string& symbol, std::string_view comment) {
    const bool is_held = symbol.find(comment) == std::string::npos && symbol.find('\n') == std::string::npos;
    const bool is_plain =
        !symbol.empty() && symbol[0] != '"' && symbol.find_first_of(" \t\r\f\v(),") == std::string::npos;
    if (is_held && is_plain) return symbol;
    if (!is_held || symbol.empty() || symbol.find_first_of("\"\r") != std::string::npos)
        throw base::InputError("alphabet", "symbols that the text of a program can hold", base::quoted(symbol, 40));
    return '"' + symbol + '"';
}

}  // namespace attest::programs
