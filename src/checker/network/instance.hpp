#pragma once

#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Whether position p may attend to position j.
bool may_see(Mask mask, std::size_t p, std::size_t j);

/// The bias of one head for all pairs of positions.
class BiasTable {
  public:
    /// Throws  Defect: the bias of a pair that the mask allows cannot be evaluated
    BiasTable(const Head& head, Mask mask, std::size_t n, Budget& budget);

    bool is_constant() const { return values_.size() == 1; }
    /// Needs may_see(p, j).
    const Rational& at(std::size_t p, std::size_t j) const {
        return is_constant() ? values_[0] : values_[(p - 1) * n_ + (j - 1)];
    }

  private:
    std::size_t n_;
    Vector values_;
};

/// The position (from 1) of a sequence of n that is read. Throws Defect.
std::size_t readout_position(const Model& model, std::size_t n);

/// A model at one word length: every expression replaced by its exact value. Positions are 1 … n.
struct Instance {
    struct HeadValues {
        Rational scale;  ///< positive; 1 where the head has no query
        BiasTable bias;
    };

    const Model* model = nullptr;
    std::size_t length = 0;                       ///< symbols of the word
    std::size_t n = 0;                            ///< positions of the sequence
    std::size_t readout = 0;                      ///< position 1 … n
    std::vector<Vector> position;                 ///< [p - 1], zero where the model has none
    std::vector<std::vector<HeadValues>> layers;  ///< [layer][head]

    /// Whether the position holds a symbol of the word rather than begin or end.
    bool is_word(std::size_t p) const;
    /// Which symbol of the word (from 1) the position holds.
    std::size_t word_index(std::size_t p) const;
    /// Embedding and position vector of the symbol at p.
    Vector embed(const std::string& symbol, std::size_t p, Budget& budget) const;
};

/// Needs   the model to outlive the result, and not to be soft
/// Throws  Defect: an empty sequence, a readout beyond the sequence, an expression without value, a scale
/// that is not positive
Instance instantiate(const Model& model, std::size_t length, Budget& budget);

}  // namespace attest::checker
