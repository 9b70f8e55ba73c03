#pragma once

#include <cstdint>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/language/dfa.hpp"
#include "programs/foc/program.hpp"

namespace attest::build {

/// A formula of FOC[+;MOD] for a regular language, and the table that it was read from.
struct CountingFormula {
    programs::foc::NormalForm form;
    std::string text;                         ///< which programs::foc::parse reads
    std::uint32_t modulus = 1;                ///< of positions: symbols at equal residues can be exchanged
    std::uint32_t threshold = 0, period = 1;  ///< counts below the one are told apart, from there on modulo the other
    std::uint32_t length_period = 1;          ///< what is known of the length
};

/// Membership is a function of the length and of how often each symbol stands at each residue, each ultimately periodic: the
/// table is looked for from small ones to large ones, each from all words, and the formula is an or of boxes of it.
///
/// automaton  minimal
/// Throws     Unsupported where the language is not in FOC[+;MOD], or the table is too large; base::Stopped never: limits end
///            the search as Unsupported
CountingFormula counting_formula(const language::Dfa& automaton, const std::string& name,
                                 const base::Limits& limits = {});

}  // namespace attest::build
