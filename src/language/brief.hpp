#pragma once

#include <cstddef>
#include <string>

#include "attest/language/alphabet.hpp"

namespace attest::language {

/// The word as the alphabet spells it; of one of more than `most` symbols its first runs, `0^7 1^3 ...`.
std::string spell_briefly(const Alphabet& alphabet, const Word& word, std::size_t most);

}  // namespace attest::language
