#pragma once

#include <string_view>
#include <vector>

#include "checker/classes/threshold.hpp"
#include "checker/core/rational.hpp"
#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// One softmax layer without anything else, read at a query token (FORMAT.md section 11): what each head gives
/// to each token, as weight exp(score) and value.
struct SoftmaxHeads {
    struct Token {
        Rational weight;  ///< positive
        Rational value;
    };
    struct Head {
        Token query;
        std::vector<std::vector<Token>> symbols;  ///< [position - 1][symbol]
    };

    std::vector<Symbol> alphabet;
    std::size_t length = 0;
    std::vector<Head> heads;
};

/// The layer of witness.json, which must be over the language's alphabet, with the length and the heads of the claim.
///
/// Shape   without_positions: of version 2, where a symbol has the same token at all positions, and `symbols` one entry
/// Throws  Defect (place)
SoftmaxHeads claimed_softmax_heads(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                                   bool without_positions, Budget& budget);

/// Σ over heads of (Σ weight · value) / (Σ weight) on a word; the word is accepted iff it is negative.
Rational difference_of_logits(const SoftmaxHeads& network, const std::vector<std::size_t>& word, Budget& budget);

/// Obligation `network`: witness.json computes the language. Throws Defect.
void check_softmax_network(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget);

/// Obligation `bound`: the weights of weights.json, with the sign of membership, add up to zero over all words
/// that agree on any `heads` positions. Throws Defect.
///
/// Cost    N |Σ|^N additions
void check_alternating_sum(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget);

}  // namespace attest::checker
