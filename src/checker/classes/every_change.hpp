#pragma once

#include "checker/kernel/budget.hpp"
#include "checker/language/language.hpp"

namespace attest::checker {

/// Whether the language has two symbols and each change of one symbol of a word of this length changes membership.
///
/// Exact   yes: by the automaton, whatever the length; without one by all words, of which there are at most 2^22
/// Throws  Defect: no automaton, and more words
bool changes_with_every_symbol(const Language& language, std::size_t length, Budget& budget);

}  // namespace attest::checker
