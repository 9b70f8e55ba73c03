#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checker/question/question.hpp"

namespace attest::checker {

using Word = std::vector<std::size_t>;

/// The number of a symbol among those of the model's alphabet. Throws Defect (place) where it has none.
std::size_t symbol_number(std::string_view symbol, const std::map<std::string_view, std::size_t>& numbers,
                          const std::string& place);

/// The word that a text of the certificate spells, of any length. Throws Defect (place) for a symbol that is not the model's.
Word read_word(const std::string& text, const std::vector<Symbol>& alphabet, const std::string& place, Budget& budget);

/// The same. Throws Defect (place) for another length, too.
Word read_word(const std::string& text, std::size_t length, const std::vector<Symbol>& alphabet,
               const std::string& place, Budget& budget);

/// Whether the word, in symbols of the model, is in the language as the claim maps it.
bool in_language(const Question& question, const Word& word, Budget& budget);

/// The next word in the order of the alphabet; false after the last.
bool advance(Word& word, std::size_t symbols);

/// The evidence counts the words of the claim's length, and they are at most 2^22. Throws Defect.
void require_all_words(const Manifest& manifest, const Question& question);

/// Throws Defect unless the model accepts the word iff it is in the language.
void require_right(const Question& question, const Word& word, bool accepted, Budget& budget);

}  // namespace attest::checker
