#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/rational.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::threshold {

/// One attention-only softmax layer read at a query token, which gives a symbol the same at all positions, by what each head
/// gives to each token (FORMAT.md, section 11): a word is accepted iff Σ over heads of (Σ weight · value) / (Σ weight) is
/// negative.
struct SoftmaxLayer {
    struct Token {
        exact::Rational weight;  ///< exp(score), positive
        exact::Rational value;
    };
    struct Head {
        Token query;
        std::vector<Token> symbols;
    };

    language::Alphabet alphabet;
    std::int64_t length = 0;
    std::vector<Head> heads;
};

/// Whether any softmax layer of k heads, seeing positions or not, computes a language at a length.
struct SoftmaxAnswer {
    verdict::Answer answer = verdict::Answer::undecided;
    verdict::Undecided why;               ///< if undecided
    std::optional<SoftmaxLayer> network;  ///< if it holds
    exact::Rational margin;               ///< if it holds: no difference of logits is nearer to 0; a power of two
    std::vector<std::vector<std::int64_t>> points;  ///< if it fails: k + 2 counts on a line, by turns members and not
    std::int64_t sign_changes = 0;                  ///< of membership, along `along`
    std::string along;                              ///< `by the number of 1s`
};

/// Decides symmetric languages, of which only the counts of symbols in a word say whether it is a member, by how often
/// membership changes as they grow: over two symbols a layer computes one iff it has as many heads as there are changes.
///
/// Gives   a network, or counts at which membership alternates; undecided for other languages, and, over more than two
///         symbols, where changes along linear forms of the counts are more than on any line of counts
/// Exact   yes
/// Needs   heads >= 1, length >= 0, language.defined_at(length)
/// Cost    as members_by_counts; s^2 products of numbers of O(s) words for s changes, and as many for the margin by counts
/// Source  [rajaraman2026head]; for symmetric languages other than parity our own interpolation
SoftmaxAnswer softmax_threshold(const language::Language& language, std::int64_t heads, std::int64_t length,
                                const base::Limits& limits);

}  // namespace attest::threshold
