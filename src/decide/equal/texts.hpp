#pragma once

#include "attest/decide/equal/equal.hpp"

namespace attest::equal {

/// Whether both answer the same texts: of two programs by their circuits where words are many, else on all words, one after the other. The difference that is found is the first in the order
/// of words.
///
/// Exact   yes: rational numbers and tables, or intervals of doubles, and balls where these leave a word open
/// Throws  as compare
Outcome compare_texts(const Question& question, const decide::ProveOptions& options, const base::Limits& limits);

/// The same by the circuits of both (FORMAT.md, section 42).
///
/// Gives   undecided with the reason unsupported or memory where there is no circuit that fits
/// Needs   two programs that answer at the same positions; a length of 1 or more
Outcome compare_texts_by_circuit(const Question& question, const decide::ProveOptions& options,
                                 const base::Limits& limits);

}  // namespace attest::equal
