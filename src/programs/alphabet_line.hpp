#pragma once

#include <string>
#include <vector>

#include "text_reader.hpp"

namespace attest::programs {

/// Reads what follows the word `alphabet`, to the end of the line.
/// Throws  InputError for a second alphabet, symbols that are not distinct or that no word can hold
void read_alphabet(LineReader& line, const Token& word, std::vector<std::string>& alphabet);

}  // namespace attest::programs
