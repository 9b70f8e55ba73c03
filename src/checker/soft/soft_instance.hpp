#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "checker/core/interval.hpp"
#include "checker/network/instance.hpp"
#include "checker/network/need.hpp"
#include "checker/soft/rotation.hpp"

namespace attest::checker {

/// An affine map with its numbers enclosed.
struct SoftMap {
    struct Entry {
        std::size_t column;
        Interval value;
    };
    std::vector<std::vector<Entry>> rows;
    Intervals bias;

    /// Needs x to have as many entries as the map has columns.
    Intervals operator()(const Intervals& x, Budget& budget) const;
};

struct SoftHead {
    std::optional<SoftMap> query;
    std::optional<SoftMap> key;
    SoftMap value;
    SoftMap output;
    Intervals constant;  ///< output(value(0))
    Interval scale;
    std::optional<Intervals> biases;  ///< [(p - 1) n + j - 1]; none where all are the same, which changes nothing
};

struct SoftNorm {
    bool pre;
    bool rms;
    bool exact;  ///< eps = 0
    Interval eps;
    Intervals gain;
    Intervals bias;
    std::string place;

    /// Of a vector at position p, of each block of it by itself. Throws Defect: eps = 0, and what is divided by is certainly 0
    Intervals operator()(const Intervals& v, std::size_t p, Budget& budget) const;
    Intervals of_block(const Intervals& v, std::size_t p, Budget& budget) const;
};

struct SoftLayer {
    std::vector<SoftHead> heads;
    std::shared_ptr<const Rotation> rotation;  ///< null where nothing is turned
    std::optional<SoftNorm> attention_norm;
    std::vector<SoftMap> maps;
    std::optional<SoftMap> gate;
    Interval slope{MPFR_PREC_MIN};
    std::optional<SoftNorm> feedforward_norm;
    std::vector<Intervals> attention_added, feedforward_added;  ///< [p - 1], or empty (FORMAT.md section 15)
};

/// A softmax model at one word length in intervals of one precision.
struct SoftInstance : Shape {
    mpfr_prec_t bits = 0;
    std::vector<Intervals> begin, end, position;  ///< begin and end: one vector or none; position: [p - 1]
    std::vector<Intervals> symbols;               ///< by symbol of the alphabet
    std::optional<SoftNorm> embedding_norm, final_norm;
    std::vector<SoftLayer> layers;  ///< by number of the model's layer
    SoftMap logits;                 ///< weight and bias of the readout
    Needs needs;

    const SoftLayer& soft_layer(std::size_t l) const { return layers[stack[l]]; }
};

/// Whether vectors are several, as edges of a model with norms make them (FORMAT.md section 15).
bool has_blocks(const Model& model);

/// Needs   the model to outlive the result
/// Throws  Defect: as shape_of(), an expression without value, a scale that is not positive
SoftInstance instantiate(const Model& model, std::size_t length, mpfr_prec_t bits, Budget& budget);

/// The same without numbers of affine maps, but what is added to logits, of norms but that of the embedding, and of embeddings
/// and positions but before that norm, which stay empty, and without needs: network_in_doubles() asks for no more.
SoftInstance instantiate_without_maps(const Model& model, std::size_t length, mpfr_prec_t bits, Budget& budget);

/// A coordinate of the vector that is added at position p, where the model has no table of them.
///
/// Needs   c < model.position.size()
/// Throws  Defect: it has no value
Interval enclose_position(const Model& model, std::size_t c, std::size_t p, std::size_t n, mpfr_prec_t bits,
                          Budget& budget);

}  // namespace attest::checker
