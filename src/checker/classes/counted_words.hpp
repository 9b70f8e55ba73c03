#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/language/language.hpp"

namespace attest::checker {

/// How often each symbol of the alphabet occurs in a word.
using Occurrences = std::vector<std::size_t>;

/// For all counts that words of a length have: whether these words are in the language; nothing where some are and some
/// are not.
///
/// Exact   yes: of regular languages by the states that such words lead to, of others but majority word by word
/// Cost    for a regular language a step for each state of the minimal automaton that words of some counts, of this length
///         or a shorter one, lead to
/// Throws  Defect: more than 2^22 counts, or, where words are looked at, words
std::map<Occurrences, std::optional<bool>> members_by_counts(const Language& language, std::size_t length,
                                                             Budget& budget);

}  // namespace attest::checker
