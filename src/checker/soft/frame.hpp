#pragma once

#include <vector>

#include "checker/network/model.hpp"

namespace attest::checker {

/// The coordinates D of FORMAT.md section 12, in which the embeddings of two symbols differ, and what keeps positions
/// *framed*.
class Frame {
  public:
    explicit Frame(const Model& model, Budget& budget);

    bool holds(std::size_t coordinate) const { return differs_[coordinate]; }
    /// Whether the embeddings have equal sums and sums of squares over D, and position vectors are 0 there.
    bool is_even() const { return even_; }
    /// Whether the map gives 0 in D on every vector.
    bool adds_nothing(const Affine& map) const;
    /// Whether gain and bias are each one number over D.
    bool is_kept_by(const Norm& norm) const;

  private:
    std::vector<std::size_t> coordinates_;  ///< D
    std::vector<bool> differs_;
    bool even_ = true;
};

}  // namespace attest::checker
