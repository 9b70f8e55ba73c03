#include "alphabet_line.hpp"

#include <unordered_set>

#include "attest/base/error.hpp"
#include "attest/language/alphabet.hpp"
#include "base/quote.hpp"

namespace attest::programs {

namespace {

bool can_be_symbol(const std::string& text) {
    try {
        return language::Alphabet({text}).size() == 1;
    } catch (const base::UsageError&) {
        return false;
    }
}

}  // namespace

void read_alphabet(LineReader& line, const Token& word, std::vector<std::string>& alphabet) {
    if (!alphabet.empty()) line.fail_at(word, "one alphabet", "a second");
    std::unordered_set<std::string> met;
    do {
        const Token place = line.token();
        const std::string symbol = line.symbol();
        if (!met.insert(symbol).second)
            line.fail_at(place, "symbols that are distinct", base::quoted(symbol, 40) + " twice");
        if (!can_be_symbol(symbol))
            line.fail_at(place, "a symbol without control characters, in UTF-8", base::quoted(symbol, 40));
        alphabet.push_back(symbol);
    } while (!line.at_end());
    if (!language::can_be_told_apart(alphabet))
        line.fail_at(word, "no symbol with a blank where one has several characters", "such symbols");
}

}  // namespace attest::programs
