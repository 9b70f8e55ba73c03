#pragma once

#include "checker/language/language.hpp"

namespace attest::checker {

/// That membership in a regular language depends on how often each symbol stands in a word, or, with `proportions`, only
/// on which symbols stand in it (FORMAT.md section 32.2).
///
/// Needs   an automaton of at most 20 symbols
/// Throws  Defect (place)
/// Cost    O(states symbols²), with proportions O(states 2^symbols symbols) at worst
void require_no_order(const Automaton& automaton, const std::vector<Symbol>& alphabet, bool proportions,
                      Budget& budget);

}  // namespace attest::checker
