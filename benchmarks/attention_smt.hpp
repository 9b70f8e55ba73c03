#pragma once

#include <string>

#include "smt_term.hpp"
#include "subject.hpp"

namespace attest::benchmarks {

/// "Model and language differ on some word of this length" as a user would put it to an SMT solver: symbols
/// are Booleans, activations real terms, "the head at i chooses j" a Boolean that is equivalent to "j's score
/// beats all". In the solver's favour, what is constant is computed here (choices by position alone
/// included), and only what the readout needs of the last layer is written.
///
/// Needs   hard attention without norms
/// Throws  Unsupported for a language that language_formula does not know
std::string attention_smt(const Subject& subject, std::int64_t length);

/// The formulas "position i (from 1) holds the language symbol c", [i−1][c].
using Symbols = std::vector<std::vector<Formula>>;

/// Membership by the definition; automata are unrolled with an integer state.
Formula language_formula(Script& script, const language::Language& language, const Symbols& symbols);

}  // namespace attest::benchmarks
