#pragma once

#include "attest/language/alphabet.hpp"
#include "language/brief.hpp"

namespace attest::report {

/// The word of an input: a bit at each position, which of the two symbols stands there.
inline std::string spell(const std::vector<bool>& input, const std::vector<std::string>& symbols) {
    return language::Alphabet(symbols).spell(language::Word(input.begin(), input.end()));
}

/// For a line of text: of a long word its first runs.
inline std::string spell_briefly(const std::vector<bool>& input, const std::vector<std::string>& symbols) {
    return language::spell_briefly(language::Alphabet(symbols), language::Word(input.begin(), input.end()), 64);
}

}  // namespace attest::report
