#pragma once

#include <functional>
#include <optional>

#include "attest/decide/recognise/prove.hpp"

namespace attest::ablate {

/// By how much, squared, a vector of length 1 can move the score when it is added to the vector that the readout weighs:
/// the square of the Euclidean length of the readout's weight, with two classes of the difference of its rows.
///
/// Gives nothing where there is no such vector or not one score: three classes or more, a class at each position
std::optional<exact::Rational> square_of_weight(const network::Transformer& transformer);

/// How far the vector that the readout weighs may be moved, in Euclidean length, without a change of any answer: at least
/// the margin by the length of the readout's weight. Rounded down.
///
/// margin  no score is nearer to 0
/// Gives   nothing where the score is not that of one vector of the last layer (square_of_weight; a norm, a mean, a sum)
std::optional<double> robust_radius(const network::Transformer& model, const exact::Rational& margin);

/// Does the model recognise the language at this length, whatever vector of Euclidean length at most `radius` is added to
/// the vector that the readout weighs (FORMAT.md, section 15)? All words are looked at.
///
/// Gives   holds by exhaustion or enclosure; fails with a word whose score is on the wrong side or can be brought to 0
/// Throws  Unsupported where square_of_weight gives nothing; InputError as the evaluators
/// Exact   yes: squares of rationals are compared, no root is taken
decide::Outcome recognises_robustly(const decide::Question& question, const exact::Rational& radius,
                                    const decide::ProveOptions& options, const base::Limits& limits);

/// What is to be answered on a word: whether it is to be accepted; none: not known.
using Expected = std::function<std::optional<bool>(const language::Word&)>;

/// The same for whatever is expected of each word. Open where it is not known of some.
decide::Outcome answers_robustly(const network::Transformer& model, std::int64_t length, const Expected& expected,
                                 const exact::Rational& radius, const decide::ProveOptions& options,
                                 const base::Limits& limits);

}  // namespace attest::ablate
