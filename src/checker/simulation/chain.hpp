#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// A head of a decoder. Query and key are both there or both absent; without `output` the value is what it adds.
struct ChainHead {
    std::optional<Affine> query, key;
    Affine value;
    std::optional<Affine> output;
};

/// An attention part of a decoder, with a residual.
struct ChainAttention {
    Kind kind = Kind::average;  ///< hard, average, softmax
    Tie tie = Tie::left;
    bool negative_absolute = false;
    std::vector<ChainHead> heads;
};

struct ChainLayer {
    std::optional<ChainAttention> self, cross;
    std::vector<Affine> maps;  ///< of the feed-forward part; empty where there is none
};

/// An encoder-decoder (MODEL.md, section 12).
struct Chain {
    std::string name;
    std::vector<std::string> alphabet;
    std::optional<std::string> blank;
    std::size_t dimension = 0;
    std::vector<Vector> embedding;  ///< by symbol of the alphabet, then the blank
    std::vector<Expression> encoder_position, decoder_position;
    std::vector<std::string> encoder_texts, decoder_texts;  ///< of these, as they are written
    std::vector<Layer> encoder_layers;
    Vector start;
    std::vector<ChainLayer> layers;
    std::vector<Affine> output;
    Vector accept_weight;
    Rational accept_bias;
};

/// Throws  Defect (file and place)
Chain read_chain(std::string_view bytes, const std::string& file, Budget& budget);

/// An encoder-decoder on one word.
class ChainRun {
  public:
    /// tokens  by number of their embedding
    /// Needs   the chain to outlive it
    /// Throws  Defect: softmax attention, an expression without value
    ChainRun(const Chain& chain, const std::vector<std::size_t>& tokens, Budget& budget);

    const Vector& output() const { return y_; }
    /// From y_t to y_(t+1). Exact.
    ///
    /// Gives  whether each head with queries had one position of greatest score
    bool step();

  private:
    struct Memory {
        std::vector<Vector> keys, values;
        Vector sum;
    };

    std::vector<Vector> encode(const std::vector<std::size_t>& tokens) const;
    void remember(const ChainHead& head, const Vector& x, Memory& memory);
    void attend(const ChainAttention& part, const std::vector<Memory>& memory, Vector& x);
    Vector look(const ChainAttention& part, const ChainHead& head, const Memory& memory, const Vector& x);

    const Chain& chain_;
    Budget& budget_;
    std::size_t time_ = 0;
    Vector y_;
    std::vector<std::vector<Memory>> self_, cross_;
    bool one_each_ = true;
};

/// The maps with ReLU between them.
Vector through(const std::vector<Affine>& maps, Vector x, Budget& budget);

}  // namespace attest::checker
