#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "attest/decide/induction/induction.hpp"

namespace attest::induction {

/// What the machine of all lengths says of one: a closure, or a word that the exact evaluator has replayed; nothing where it says
/// nothing.
using OneLength = std::optional<std::variant<Closure, decide::Counterexample>>;

/// Decides a question about one length where the answer at all lengths settles it. It takes no longer for longer words.
///
/// most    pairs of states
/// Gives   a closure where model and language agree at every length; a word where the shortest on which they differ has this length;
///         else nothing, also where no finite machine follows the model, the language has no automaton, there are more pairs, or a
///         limit was exceeded
/// Throws  InternalError if a counterexample does not replay
OneLength prove_at_length(const decide::Question& question, std::uint64_t most, const base::Limits& limits);

}  // namespace attest::induction
