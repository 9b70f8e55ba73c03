#pragma once

#include "attest/language/alphabet.hpp"

namespace attest::report {

/// The word of an input: a bit at each position, which of the two symbols stands there.
inline std::string spell(const std::vector<bool>& input, const std::vector<std::string>& symbols) {
    return language::Alphabet(symbols).spell(language::Word(input.begin(), input.end()));
}

}  // namespace attest::report
