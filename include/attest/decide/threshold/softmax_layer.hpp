#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/rational.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::threshold {

/// One attention-only softmax layer read at a query token, by what each head gives to each token (FORMAT.md, section 11):
/// a word is accepted iff Σ over heads of (Σ weight · value) / (Σ weight) is negative.
struct SoftmaxLayer {
    struct Token {
        exact::Rational weight;  ///< exp(score), positive
        exact::Rational value;
    };
    struct Head {
        Token query;
        std::vector<std::vector<Token>> symbols;  ///< [position from 0][symbol]
    };

    language::Alphabet alphabet;
    std::int64_t length = 0;
    std::vector<Head> heads;

    /// Exact   yes
    exact::Rational difference(const language::Word& word) const;
};

/// Whether any such layer of k heads computes a language at a length.
struct SoftmaxAnswer {
    verdict::Answer answer = verdict::Answer::undecided;
    verdict::Undecided why;               ///< if undecided
    std::optional<SoftmaxLayer> network;  ///< if it holds
    std::vector<exact::Rational>
        weights;                    ///< if it fails, by word: with signs they add up to 0 where k symbols are fixed
    std::int64_t sign_changes = 0;  ///< of membership by the number of 1s
};

/// Decides by the number of sign changes s: a layer computes a symmetric language iff it has s heads or more.
///
/// Gives   a network that was evaluated on all words, or weights that were added up; undecided for languages whose
///         membership is not a function of the number of second symbols, and beyond 2^16 words
/// Exact   yes
/// Needs   heads >= 1, language.defined_at(length)
/// Source  [rajaraman2026head]; for symmetric languages other than parity our own interpolation
SoftmaxAnswer softmax_threshold(const language::Language& language, std::int64_t heads, std::int64_t length,
                                const base::Limits& limits);

}  // namespace attest::threshold
