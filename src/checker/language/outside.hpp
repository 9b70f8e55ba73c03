#pragma once

#include "checker/core/regular_claims.hpp"
#include "checker/language/language.hpp"

namespace attest::checker {

/// Obligation `words`: what the rule says of its words holds of the minimal automaton. Throws Defect (place).
///
/// Needs   a regular language
/// Cost    the lengths of the words, times the states for words of which the rule says something on all states
void check_rule(const RuleEvidence& evidence, const Language& language, Budget& budget);

}  // namespace attest::checker
