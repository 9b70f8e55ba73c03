#pragma once

#include "decide/formula/formula.hpp"

namespace attest::formula {

/// At every length from `from` on, against a regular language, by pairs of states.
///
/// Gives  undecided, too, where there are more than `most` of them, which is at most 2^20
Outcome close(const Question& question, const language::Dfa& automaton, std::size_t from, std::size_t most,
              const base::Limits& limits);

inline constexpr std::size_t most_states = std::size_t{1} << 20;

}  // namespace attest::formula
