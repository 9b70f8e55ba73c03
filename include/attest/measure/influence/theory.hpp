#pragma once

#include "attest/measure/influence/network.hpp"

namespace attest::influence {

/// Lemma 5 with the constants of one network at one length: for a change of one symbol that is not read directly,
///     |logit − logit'| <= ‖readout‖ H^L C^(2L) D / n,   C = 2 (1 + e^(2A) + L_act).
struct LemmaFive {
    bool applies = true;        ///< false: a norm with eps = 0 has no Lipschitz constant
    double log10_constant = 0;  ///< of ‖readout‖ H^L C^(2L) D
    double log10_bound = 0;     ///< the constant over n
    double most_logit = 0;      ///< A, of attention
    double lipschitz = 1;       ///< L_act, of all that follows the attention of a layer
    double distance = 0;        ///< D, between the vectors of two symbols

    double bound() const;  ///< infinite where a double does not hold it, or where the lemma does not apply
    /// log10 of the length from which on the bound is below `range`, which no difference exceeds.
    double log10_vacuous_until(double range) const;
};

/// Exact   upper bound, from norms rounded upwards; constants are those of position vectors at this length
/// Source  [hahn2020theoretical, Lemma 5]
LemmaFive lemma_five(const Network& network);

}  // namespace attest::influence
