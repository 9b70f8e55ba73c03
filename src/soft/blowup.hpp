#pragma once

#include <optional>

#include "attest/base/limits.hpp"
#include "attest/soft/evaluate.hpp"

namespace attest::soft {

/// How much the norms of a model stretch on one word.
struct Blowup {
    exact::Ball product = 1;                    ///< Π over norms of max over positions of 1 + 1/sqrt(variance + eps)
    std::optional<exact::Ball> least_variance;  ///< before any norm; nothing if there is no norm
};

/// Over the positions that the readout depends on; a norm counts once, so a layer with two has two factors.
///
/// Exact   encloses the true value; not finite where the bits do not suffice
/// Throws  as Evaluator::score
/// Source  [hahn2024sensitive, Blowup]; theirs takes the maximum over all positions
Blowup blowup(const network::Transformer& transformer, const language::Word& word, long bits);

/// The same from what an evaluation of the word has seen of norms.
Blowup blowup(const std::vector<NormSeen>& norms);

/// The sum of the squares of all parameters but those of position vectors and expressions.
/// Exact   yes
/// Source  [hahn2024sensitive]
exact::Rational squared_parameter_norm(const network::Transformer& transformer);

/// Cross-entropy in bits of one answer: the score as the logit of "member".
/// Exact   encloses the true value
exact::Ball cross_entropy(const exact::Ball& score, bool member);

/// What the mean cross-entropy of PARITY over all words of a length is at least, if no change of one symbol moves the
/// score by more than `influence`: log2(1 + e^(−influence/2)).
/// Exact   encloses the value of the formula
/// Source  [hahn2020theoretical, Theorem 6], by convexity over pairs of words that differ in one symbol
exact::Ball cross_entropy_floor(const exact::Ball& influence);

}  // namespace attest::soft
