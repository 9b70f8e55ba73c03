#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "attest/network/transformer.hpp"

// A transformer at one length, in whole numbers. All vectors of a boundary are fractions of one denominator, which depends on
// the model and the length alone: a map multiplies it by what makes its entries whole, a mean over m of n positions by the least
// common multiple of the m that can be. What decides is a comparison of numerators: of scores of one head, of logits.

namespace attest::network::words {

/// y = W x + b on numerators, which brings them from one denominator to another.
struct IntegerMap {
    std::size_t inputs = 0;
    std::vector<std::vector<std::pair<std::uint32_t, mpz_class>>> rows;
    std::vector<mpz_class> bias;  ///< by row
};

struct IntegerHead {
    std::optional<IntegerMap> query, key;  ///< the query with the scale; both or neither
    IntegerMap value, output;
    Tie tie = Tie::left;
    std::vector<Span> seen;       ///< by position from 0
    std::vector<mpz_class> bias;  ///< [i n + j], or empty: the same for all pairs
    std::vector<std::vector<std::size_t>>
        fixed;                     ///< by position from 0: which are chosen, where the word does not matter
    mpz_class unit;                ///< a score of 1
    std::vector<mpz_class> share;  ///< by m: 1/m of a mean's denominator
};

struct IntegerLayer {
    bool attends = false;
    AttentionKind kind = AttentionKind::hard;
    std::vector<IntegerHead> heads;
    mpz_class kept;  ///< times what was there before attention

    std::vector<IntegerMap> maps;  ///< of the feed-forward part
    bool leaky = false;
    mpz_class above, below;  ///< an activation's factors of numbers ≥ 0 and < 0
    mpz_class kept_after;    ///< times what was there before these
};

struct IntegerModel {
    std::size_t symbols = 0, letters = 0, positions = 0,
                first = 0;  ///< first: position of the word's first symbol, from 0
    std::size_t dimension = 0;
    std::vector<std::vector<std::vector<mpz_class>>> embedded;  ///< [position][symbol, or 0 only][coordinate]
    std::vector<IntegerLayer> layers;
    std::vector<std::vector<bool>> needed;  ///< [boundary][position]
    std::vector<std::size_t> read;          ///< positions from 0
    IntegerMap logits;                      ///< of the sum of what is read
    mpz_class denominator;                  ///< of logits
    std::vector<bool> accept;               ///< by class; empty: accepts iff its one logit is > 0
    double numbers = 0;                     ///< that one word takes, about
};

/// Nothing for what is not worth it: sequences of more than 256 positions, a denominator of more than 4,096 bits.
///
/// Needs   a model whose attention is hard, average or sparsemax, as it is at its length (AtLength), and whose answer is read
///         at one place
std::optional<IntegerModel> integer_model(const Transformer& transformer, std::int64_t length);

}  // namespace attest::network::words
