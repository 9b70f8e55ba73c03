#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "attest/network/transformer.hpp"
#include "words_map.hpp"

namespace attest::soft::words {

/// A norm in doubles, with what it does to bounds.
struct Norm {
    Norm(const network::Norm& norm);  // NOLINT: implicit, so that an optional one is made from an optional one

    bool pre, centred;
    double eps;
    std::vector<double> gain, bias;
    NormBound bound;
};

/// Positions in a row, counted from 0: from the first to before the second.
using Range = std::pair<std::size_t, std::size_t>;

/// One head: where its rows are among those of all heads, and what it adds to scores.
struct Head {
    std::size_t dk, dv;
    network::Mask mask;
    std::size_t query;                      ///< first row among queries
    std::size_t key, value;                 ///< first row among pairs
    std::size_t mean;                       ///< first row among means of values
    std::vector<std::vector<double>> bias;  ///< [query position][key position]
    HeadBound bound;
};

/// A head at the only position that asks in its layer, as words_bounds.hpp has it: what is seen is key and value.
struct Fold {
    Map key;    ///< Kᵀ, of the query
    Map value;  ///< of the mean
    HeadBound bound;
};

/// How queries and keys are turned (rotary positions), in doubles.
struct Turns {
    Turns(const network::Rotary& rotary, std::int64_t n);

    struct Pair {
        std::size_t first, second;  ///< the two coordinates of a query or key
        double cosine, sine;
    };
    std::vector<std::vector<Pair>> at;  ///< [position]
    bool is_known;                      ///< each number is within 2 u of the true one
};

/// All heads of a layer: their maps stand below each other, so that one product makes them all.
struct Attention {
    /// fold: where that takes fewer products
    Attention(const network::Attention& attention, std::size_t dimension, std::int64_t n, bool fold);

    /// The key positions of query position i of n, of a head or of all: those that none of them sees, if any, are i.
    static Range seen(const Head& head, std::size_t i, std::size_t n);
    Range seen(std::size_t i, std::size_t n) const;

    bool sparse;  ///< sparsemax; else softmax
    bool residual;
    Map query;   ///< times the scale
    Map pairs;   ///< keys, then values, of all heads; nothing where these are folded
    Map output;  ///< side by side, biases added up
    std::vector<Head> heads;
    std::vector<Fold> folds;  ///< by head, or empty
    std::optional<Turns> turns;
    std::optional<Norm> norm;
};

struct FeedForward {
    explicit FeedForward(const network::FeedForward& part);

    std::vector<Map> maps;
    std::optional<Map> gate;          ///< then there are two maps, and what the first gives is multiplied by f(gate(x))
    std::optional<Curve> curve;       ///< between maps, or of the gate; none: ReLU
    double slope;                     ///< of leaky-relu
    std::vector<AffineBound> curves;  ///< what the curve does to bounds, after each map but the last
    bool residual;
    std::optional<Norm> norm;
};

struct Layer {
    std::optional<Attention> attention;
    std::optional<FeedForward> feedforward;
};

/// A vector in doubles with its bounds.
struct Point {
    std::vector<double> values;
    double error = 0, size = 0;
};

/// A transformer of softmax or sparsemax attention at one length in doubles.
struct Network {
    /// What comes out of the readout: the score by which a word is accepted, the logits of all classes, or those of each
    /// position that is read, as if no mean or sum were taken of them.
    enum class Gives { score, logits, logits_of_each };
    enum class Pooling { mean, sum };

    /// Whether heads may be folded where that takes fewer products. Only a Batch reads them so.
    enum class Heads { whole, folded };

    /// Throws  as soft::Evaluator
    Network(const network::Transformer& transformer, std::int64_t length, Gives gives = Gives::score,
            Heads heads = Heads::whole);

    std::size_t symbols, dimension, positions;
    std::size_t first;               ///< position of the first symbol of the word, from 0
    std::size_t letters;             ///< of the word
    std::vector<std::size_t> read;   ///< positions whose vectors are read, from 0; for a score, one, or pooled
    std::optional<Pooling> pooling;  ///< of what is read
    std::vector<std::vector<Point>> embedded;  ///< [position][symbol], or one for what is no symbol of the word
    std::vector<Layer> layers;
    std::optional<Norm> final_norm;
    Map readout;               ///< one row, or one a class
    std::vector<bool> accept;  ///< by class, of which a score is made; empty: rows are given as they are

    std::vector<std::vector<bool>> needed;  ///< [boundary][position]: what masks leave to the readout

    /// The key positions of query position i in a layer, of all heads.
    Range seen(std::size_t layer, std::size_t i) const;

  private:
    void embed(const network::Transformer& at_length);
    void set_readout(const network::Transformer& at_length, Gives gives);
};

}  // namespace attest::soft::words
