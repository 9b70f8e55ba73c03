#pragma once

#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Whether position p may attend to position j.
bool may_see(Mask mask, std::size_t p, std::size_t j);

/// Whether position p of n may attend to any.
bool sees_some(Mask mask, std::size_t p, std::size_t n);

/// The bias of one head for all pairs of positions.
class BiasTable {
  public:
    /// Throws  Defect: the bias of a pair that the mask allows cannot be evaluated
    BiasTable(const Head& head, std::size_t n, Budget& budget);

    bool is_constant() const { return values_.size() == 1; }
    /// Needs may_see(p, j).
    const Rational& at(std::size_t p, std::size_t j) const {
        return is_constant() ? values_[0] : values_[(p - 1) * n_ + (j - 1)];
    }

  private:
    std::size_t n_;
    Vector values_;
};

/// What a model is at one word length apart from its numbers: the sequence, the layers in the order in which they stand,
/// and where it is read. Positions are 1 … n.
struct Shape {
    const Model* model = nullptr;
    std::size_t length = 0;            ///< symbols of the word
    std::size_t n = 0;                 ///< positions of the sequence
    std::vector<std::size_t> stack;    ///< numbers of the model's layers, each as often as it stands
    std::vector<std::size_t> readout;  ///< the positions that are read; of a class at each position, those of the word

    const Layer& layer(std::size_t l) const { return model->layers[stack[l]]; }
    /// Whether the position holds a symbol of the word rather than begin or end.
    bool is_word(std::size_t p) const;
    /// Which symbol of the word (from 1) the position holds.
    std::size_t word_index(std::size_t p) const;
};

/// Needs   the model to outlive the result
/// Throws  Defect: a word beyond max_length, an empty sequence, a readout or a table of positions beyond which the
/// sequence goes, a layer that stands a number of times that is no whole number of them
Shape shape_of(const Model& model, std::size_t length, Budget& budget);

/// A model at one word length: every expression replaced by its exact value.
struct Instance : Shape {
    struct HeadValues {
        Rational scale;  ///< positive; 1 where the head has no query
        BiasTable bias;
    };

    std::vector<Vector> position;                ///< [p - 1], zero where the model has none
    std::vector<std::vector<HeadValues>> heads;  ///< [number of the model's layer][head]
    KeptVector readout_bias;                     ///< one a class

    const std::vector<HeadValues>& heads_of(std::size_t l) const { return heads[stack[l]]; }
    /// Embedding and position vector of the symbol at p.
    Vector embed(const std::string& symbol, std::size_t p, Budget& budget) const;
    /// Whether the model accepts by the vector that is read (of several positions, their mean or sum).
    /// Needs   model->readout.decides()
    bool accepts(const Vector& y, Budget& budget) const;
};

/// Needs   the model to outlive the result, and not to be soft
/// Throws  Defect: as shape_of(), an expression without value, a scale that is not positive
Instance instantiate(const Model& model, std::size_t length, Budget& budget);

}  // namespace attest::checker
