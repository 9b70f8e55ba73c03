#pragma once

#include <functional>
#include <optional>

#include "attest/decide/recognise/prove.hpp"
#include "base/random.hpp"

namespace attest::decide {

/// Words of a length on which a softmax model is wrong, or nearly, by climbing along the gradient in doubles. What is found is
/// a guess, to be judged.
///
/// The gradient says which changes make the score more wrong (climb.hpp). A climb starts from a word that may have surprised
/// (guesses.hpp), from one of the language, from one outside it, or near the most wrong so far.
///
/// Needs    soft::supports_words(question.model)
/// visit    is told each word at the end of a climb that is more wrong than all before, and how wrong: the score, if it is not of the
///          language, else less the score; it answers whether to go on
/// is_over  asked before each step
/// Cost     at most about 2^33 multiplications and 2,048 steps, but at least eight climbs
void climb_to_mistakes(const Question& question, std::uint64_t seed, const std::function<bool()>& is_over,
                       const std::function<bool(const language::Word&, double)>& visit);

}  // namespace attest::decide
