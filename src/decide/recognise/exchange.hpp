#pragma once

#include "attest/decide/recognise/prove.hpp"
#include "attest/soft/symmetry.hpp"

namespace attest::decide {

/// Whether membership of words of the question's length depends only on how often each symbol comes in each class: by the
/// automaton, two states at a time.
///
/// Exact   true is certain; false where the language is neither regular nor majority, or it is not so
/// Cost    O(N S² k) for classes of neighbours, S states and k symbols; O(N² S² k) else
bool is_by_counts(const Question& question, const soft::Classes& classes);

}  // namespace attest::decide
