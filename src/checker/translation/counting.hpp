#pragma once

#include "checker/language/language.hpp"
#include "checker/translation/layered.hpp"

namespace attest::checker {

/// `shuffle`, `reset-dyck` and `boolexpr` as automata whose states are tuples of counts (FORMAT.md section 6.4).
///
/// Needs   one of these families
/// Cost    of the budget: a step and a few words for each tuple, step and symbol
Layered counting_automaton(const Language& language, std::size_t length, Budget& budget);

}  // namespace attest::checker
