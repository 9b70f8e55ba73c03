#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "attest/decide/induction/induction.hpp"

namespace attest::induction {

/// What the machine of all lengths says of one: a closure, or a word that the exact evaluator has replayed; nothing where it says
/// nothing.
using OneLength = std::optional<std::variant<Closure, decide::Counterexample>>;

/// Decides a question about one length by the pairs of states that words of that length lead to, symbol by symbol. It takes time
/// that is linear in the length.
///
/// most    pairs, those of each number of symbols counted anew
/// Gives   nothing where no finite machine follows the model, the language has no automaton, there are more pairs, or a limit was
///         exceeded
/// Throws  InternalError if a counterexample does not replay
OneLength prove_at_length(const decide::Question& question, std::uint64_t most, const base::Limits& limits);

}  // namespace attest::induction
