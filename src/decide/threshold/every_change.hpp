#pragma once

#include <cstdint>

#include "attest/base/limits.hpp"
#include "attest/language/language.hpp"

namespace attest::threshold {

/// Whether the language has two symbols, and every change of one symbol of a word of this length leads into or out of it:
/// at this length it is parity, or parity's complement.
///
/// Gives   true only if that holds; false stands also for a limit that was reached, and for a language without an automaton
///         beyond 22 symbols
/// Exact   yes
/// Cost    by its automaton: length times states; else length times 2^length
bool every_change_counts(const language::Language& language, std::int64_t length, const base::Limits& limits);

}  // namespace attest::threshold
