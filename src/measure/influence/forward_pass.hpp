#pragma once

#include "attest/language/alphabet.hpp"
#include "float_layer.hpp"

namespace attest::influence {

/// The score of a position that the mask hides: its weight vanishes.
constexpr double hidden = -1e300;

/// A softmax model at one length in doubles, and its layers block by block.
///
/// Positions count from 0 here. What lies behind the last position in its block is a vector like any other, so that
/// nothing there divides by zero.
class ForwardPass {
  public:
    using Sequence = std::vector<double>;  ///< [block][coordinate][lane]

    /// Throws  UsageError for hard or average attention; Unsupported if its arrays exceed the memory
    ForwardPass(const network::Transformer& transformer, std::int64_t length, std::size_t memory_bytes);

    std::size_t length, n = 0, d, symbols, blocks = 0;
    std::size_t readout_position = 0;
    std::size_t first = 0;  ///< position of the word's first symbol
    std::vector<FloatLayer> layers;
    std::vector<std::size_t> attentions;  ///< layers with heads
    Sequence start;                       ///< what positions hold but for the symbols
    std::vector<std::vector<double>> embedding;
    std::vector<double> readout;
    double readout_bias = 0;

    double* lane(Sequence& y, std::size_t p) const { return y.data() + p / lanes * d * lanes + p % lanes; }
    const double* lane(const Sequence& y, std::size_t p) const { return y.data() + p / lanes * d * lanes + p % lanes; }
    double* block(Sequence& y, std::size_t b) const { return y.data() + b * d * lanes; }
    const double* block(const Sequence& y, std::size_t b) const { return y.data() + b * d * lanes; }

    Sequence embed(const language::Word& word) const;
    void normalise_block(const FloatNorm& norm, double* y) const {
        normalise(y, d, norm.eps, norm.gain.data(), norm.bias.data(), norm.kind == network::Norm::Kind::layer);
    }

    /// What the last map of the feed-forward part takes, for one block.
    void units(const FloatLayer& layer, const double* y, Block& x) const;
    /// The feed-forward part of one block.
    void feed(const FloatLayer& layer, double* y) const;
    /// A layer without heads at one block: residual, norm and feed-forward part.
    void step_block(const FloatLayer& layer, double* y) const;

    /// Queries, keys, values, numerators and denominators of one head at all positions.
    struct HeadState {
        std::vector<double> keys, values;   // [position][row]
        std::vector<double> queries, sums;  // [block][row][lane]
        std::vector<double> totals, tops;   // [block][lane]
        std::size_t dk = 0, dv = 0;
    };

    HeadState state(const FloatLayer& layer, const FloatHead& head, const Sequence& x) const;
    /// Scores of one block of query positions with the key of position j.
    void score(const FloatLayer& layer, const FloatHead& head, const double* queries, std::size_t dk, std::size_t b,
               std::size_t j, const double* key, double* out) const;
    /// Whether the mask leaves query position i no key position: then heads give it nothing.
    bool sees_none(const FloatLayer& layer, std::size_t i) const {
        return network::seen(layer.mask, static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(n)).empty();
    }
    /// The lane of such a position in block b; there is at most one in a sequence.
    std::optional<std::size_t> keyless(const FloatLayer& layer, std::size_t b) const;
    /// What attention reads: the vectors, normed if the layer norms first.
    Sequence normed_input(const FloatLayer& layer, const Sequence& y) const;
    /// y += output(mean) for one block, but at a position without keys.
    void add_output(const FloatLayer& layer, const FloatHead& head, std::size_t b, const double* mean, double* y) const;
    /// Layer l at all positions.
    void step(std::size_t l, Sequence& y) const;

  private:
    void require_memory(const network::Transformer& transformer, std::size_t memory_bytes) const;
    void place(const network::Transformer& transformer);
    void fill_rest();
    std::vector<double> by_position(const FloatMap& map, const Sequence& y) const;
    /// Maxima, numerators and denominators of the queries of one block.
    void sum_block(const FloatLayer& layer, const FloatHead& head, std::size_t b, HeadState& s) const;
};

}  // namespace attest::influence
