#pragma once

#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::soft {

/// The coordinates D in which the embeddings e(s) of two symbols differ.
///
/// A position is *framed* while there are f and h such that its coordinates c in D are f e_c(s) + h, where f, h and all
/// coordinates outside of D do not depend on the symbol s there. If Σ e_c(s) and Σ e_c(s)² over D are the same for all s (as
/// they are for one-hot symbols), mean and variance do not depend on s either, nor does the mean of the squares: what a norm
/// gives outside of D does not tell which symbol is there.
class Frame {
  public:
    explicit Frame(const network::Transformer& transformer);

    bool holds(std::size_t coordinate) const { return in_[coordinate]; }
    /// Whether those sums agree and position vectors are 0 in D, so that all positions of the word are framed before layer 1.
    bool is_even() const { return even_; }
    /// Whether the map adds nothing in D.
    bool is_spared_by(const exact::AffineMap& map) const;
    /// Whether gain and bias are the same for all of D: then what is framed before the norm is so after it.
    bool is_kept_by(const network::Norm& norm) const;

  private:
    std::vector<bool> in_;
    bool even_ = true;
};

}  // namespace attest::soft
