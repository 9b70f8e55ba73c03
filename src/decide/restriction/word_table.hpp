#pragma once

#include <functional>

#include "attest/decide/restriction/function.hpp"

namespace attest::restriction {

/// The exact evaluator: whether a word is accepted.
using Accepts = std::function<bool(const language::Word&)>;

/// Word by word: also for what has no circuit.
///
/// Gives   nothing where there are more words, or a limit is exceeded
std::optional<TruthTable> tabulate(const language::Alphabet& alphabet, std::int64_t length, const Accepts& accepts,
                                   std::uint64_t most_words, const base::Limits& limits);

}  // namespace attest::restriction
