#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "checker/doubles/affine_map.hpp"
#include "checker/doubles/curve.hpp"
#include "checker/doubles/norm.hpp"
#include "checker/doubles/turn.hpp"
#include "checker/soft/soft_instance.hpp"

namespace attest::checker {

/// Maps of the same inputs, one below the other, in doubles.
struct StackedMap {
    AffineMap map;
    std::vector<MapBound> parts;  ///< what each makes of bounds

    const MapBound& bound() const { return parts.front(); }
};

/// A head: where its rows are among those of all heads.
struct WordHead {
    std::size_t dk, dv;
    std::size_t query, key, value, mean;         ///< first rows of queries, of pairs (keys, then values), of means
    std::size_t output;                          ///< first row of what its output takes
    std::vector<std::vector<std::size_t>> seen;  ///< [position]: the positions that it sees, from 0
    std::vector<Numbers> biases;                 ///< [position]: one for each of these
};

/// A score is q · (K y + b), and softmax and sparsemax do not change with q · b, which is the same for all y: so it may be
/// (Kᵀ q) · y. And as weights add up to 1, the mean of V y + c is V m + c, m that of y. Where few positions ask, what is seen are
/// then the vectors y themselves, and of no position keys and values are made.
struct OfVectors {
    std::vector<StackedMap> keys;    ///< by head: Kᵀ
    std::vector<StackedMap> values;  ///< by head: V and c
};

struct WordAttention {
    StackedMap queries, pairs;
    std::optional<OfVectors> of_vectors;  ///< else keys and values are made, as pairs
    std::vector<TurnOfRows> turns;        ///< [position]: of queries and keys; none: they stay as they are
    StackedMap output;                    ///< of the means of all heads, side by side
    std::vector<Numbers>
        output_biases;  ///< [position]: of the heads that see something; as many as the map has room for
    std::vector<WordHead> heads;
    bool is_sparse = false;  ///< sparsemax; else softmax
    bool residual = true;
    bool pre = false;
    std::optional<NormOfRows> norm;

    /// Of what is asked with, and of the means of all heads, with room for a map to end in.
    std::size_t rows_of_queries() const;
    std::size_t rows_of_means() const;
};

struct WordFeedForward {
    std::vector<StackedMap> maps;
    std::optional<StackedMap> gate;
    Curve curve = Curve::relu;
    Number slope;
    bool residual = true;
    bool pre = false;
    std::optional<NormOfRows> norm;
    /// [position]: the bias of the last map there, if it depends on the position; as many numbers as the map has room for.
    std::vector<Numbers> last_biases = {};
};

struct WordLayer {
    std::optional<WordAttention> attention;
    std::optional<WordFeedForward> feedforward;
};

/// A softmax model at one length in doubles, whole: all coordinates at each position that a readout can depend on.
struct WordNetwork {
    std::size_t symbols = 0, dimension = 0, positions = 0, letters = 0;
    std::size_t first = 0;                       ///< the position of the word's first symbol, from 0
    std::vector<std::vector<Numbers>> embedded;  ///< [position][symbol]; one for begin and end
    std::vector<WordLayer> layers;               ///< by number of the model's layer
    std::vector<std::size_t> stack;              ///< these numbers, each as often as it stands
    std::optional<NormOfRows> final_norm;
    std::vector<std::vector<std::size_t>> readouts;  ///< one, or one for each position of the word: positions, from 0
    bool mean = false;                               ///< of the positions of a readout; else their sum
    StackedMap logits;
    bool keeps_logits = false;   ///< of all classes; else a score is made of them
    std::vector<bool> accepted;  ///< for that, by class; empty: one logit

    const WordLayer& layer(std::size_t l) const { return layers[stack[l]]; }
};

/// Whether the model can be evaluated in doubles: all attention that it has is softmax or sparsemax.
bool has_words(const Model& model);
/// Whether scores of words can: it decides as well.
bool fits_doubles(const Model& model);

/// Needs  fits_doubles; for logits has_words, and classes
WordNetwork network_in_doubles(const SoftInstance& instance, Budget& budget, bool keeps_logits = false);

}  // namespace attest::checker
