#pragma once

#include <optional>

#include "decide/counting/find.hpp"

// Programs of counting depth 1, decided: what they say depends on how often each symbol stands in the word and on the last symbol, by
// conditions that are linear, and whole numbers that fulfil these are found or shown not to be.

namespace attest::counting {

/// Whether nothing is counted that depends on counts, in the program and in what says what the language is.
bool counts_symbols_only(const System& system);
/// The same of the program alone.
bool program_counts_symbols_only(const System& system);

/// By counter the symbols that it counts, as a sum of variables, which are symbols.
///
/// Needs  counts_symbols_only(system)
std::vector<Form> counted_symbols(const System& system);

/// Decides whether program and language agree at every length but 0.
///
/// Needs   counts_symbols_only(system)
/// Gives   undecided only where a limit is exceeded, a word that tells them apart is too long to write, or cases or lists are
///         too many to write
/// Exact   yes
Outcome decide_depth_one(const System& system, const base::Limits& limits);

/// Two words that no program of counting depth 1 tells apart, of which anbn, anbncn, dyck:1 or shuffle:K has one; the one on
/// which this program is wrong. Nothing where the program's symbols do not stand for all that this needs.
///
/// Needs   program_counts_symbols_only(system), and a program that says what the language is
std::optional<decide::Counterexample> exchanged_word(const System& system, const language::Language& language);

/// The program's answer on a word, and the language's.
decide::Counterexample answers_on(const System& system, const language::Word& word);

}  // namespace attest::counting
