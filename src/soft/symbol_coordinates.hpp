#pragma once

#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::soft {

/// The coordinates D in which the embeddings e(s) of two symbols differ.
///
/// A position is *isometric* while its vector has on D the form f e(s) + h for numbers f, h, and f, h and all other
/// coordinates do not depend on the symbol s there, and Σ e_c(s) and Σ e_c(s)² over D are the same for all s: then mean
/// and variance of the vector, and the mean of its squares, do not depend on s either.
class SymbolCoordinates {
  public:
    explicit SymbolCoordinates(const network::Transformer& transformer);

    bool contain(std::size_t coordinate) const { return in_[coordinate]; }
    /// Whether those sums agree and position vectors are 0 in D, so that all positions of the word are isometric before
    /// layer 1.
    bool are_isometric() const { return isometric_; }
    /// Whether the map adds nothing in D.
    bool are_spared_by(const exact::AffineMap& map) const;
    /// Whether gain and bias are the same for all of D: then what is isometric before the norm is so after it.
    bool stay_isometric_after(const network::Norm& norm) const;

  private:
    std::vector<bool> in_;
    bool isometric_ = true;
};

}  // namespace attest::soft
