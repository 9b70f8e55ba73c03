#pragma once

#include "checker/language/language.hpp"
#include "checker/translation/circuit.hpp"
#include "checker/translation/word_inputs.hpp"

namespace attest::checker {

/// Builds the literal "the mapped word is in the language" (FORMAT.md section 6.4).
///
/// Shape   letters: for each symbol of the model its number in the language's alphabet
/// Gives   gates in the order that the text prescribes
Literal language_literal(Circuit& circuit, const WordInputs& word, const Language& language,
                         const std::vector<std::size_t>& letters);

}  // namespace attest::checker
