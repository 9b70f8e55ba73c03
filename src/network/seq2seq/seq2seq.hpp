#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/network/layer.hpp"

// An encoder and a decoder that writes a vector, reads it, and writes the next, for as long as it is asked: the model of
// Pérez, Barceló and Marinković. A network with thoughts, whose thoughts are vectors.

namespace attest::network {

/// One head of a decoder's attention.
///
/// Shape   query, key: [dk × d], both or neither; value: [dv × d]; output: [d × dv], none: the identity, dv = d
struct ChainHead {
    std::optional<exact::AffineMap> query;
    std::optional<exact::AffineMap> key;
    exact::AffineMap value;
    std::optional<exact::AffineMap> output;

    bool operator==(const ChainHead&) const = default;
};

/// An attention part of the decoder. It has a residual and neither mask, scale nor norm.
struct ChainAttention {
    AttentionKind kind = AttentionKind::average;  ///< hard, average or softmax
    Tie tie = Tie::left;
    bool negative_absolute = false;  ///< the score is −|q · k|, else q · k
    std::vector<ChainHead> heads;

    bool operator==(const ChainAttention&) const = default;
};

/// A layer of the decoder: its parts in this order, each with a residual.
struct ChainLayer {
    std::optional<ChainAttention> self;   ///< over the vectors at times 0 … t
    std::optional<ChainAttention> cross;  ///< over the encoder's
    std::vector<exact::AffineMap> maps;   ///< of the feed-forward part, ReLU between; empty: there is none

    bool operator==(const ChainLayer&) const = default;
};

/// What coordinates of an output stand for, for people: a one-hot state, a one-hot symbol and a move.
struct ChainBlocks {
    std::size_t first_state = 0, states = 0, first_symbol = 0, symbols = 0, move = 0;

    bool operator==(const ChainBlocks&) const = default;
};

/// An encoder–decoder of the format attest/seq2seq: plain data.
struct Seq2seq {
    std::string name;
    std::vector<std::string> cite;
    std::vector<std::string> alphabet;
    std::optional<std::string> blank;  ///< the one token of the empty word
    std::size_t dimension = 0;

    std::vector<exact::Vector> embedding;             ///< by symbol of the alphabet, then the blank: [d]
    std::vector<exact::Expression> encoder_position;  ///< [d] in i, or empty
    std::vector<Layer> encoder_layers;

    exact::Vector start;                              ///< y_0: [d]
    std::vector<exact::Expression> decoder_position;  ///< [d] in i, which is t + 1 for y_t; or empty
    std::vector<ChainLayer> layers;
    std::vector<exact::AffineMap> output;  ///< y_(t+1) from the vector at time t, ReLU between

    exact::Vector accept_weight;  ///< the word is accepted at the first t with weight · y_t + bias > 0
    exact::Rational accept_bias;

    std::optional<ChainBlocks> blocks;
    std::vector<std::string> state_names, symbol_names;

    /// Numbers of all maps that are not 0.
    std::size_t weights() const;
    /// The tokens of a word, by number of their embedding: the empty word is the blank.
    /// Throws  UsageError for a symbol that is not of the alphabet, and for the empty word where there is no blank
    std::vector<std::size_t> tokens(const std::vector<std::string>& word) const;
};

}  // namespace attest::network
