#pragma once

#include <array>
#include <cstddef>

#include "attest/exact/interval.hpp"
#include "words_kernels.hpp"

namespace attest::soft {

/// Sums cross-entropies of very many words: in bits, the score being the logit of membership (cross_entropy in blowup.hpp).
class Losses {
  public:
    /// margin: the score, of the sign that is right
    /// Needs   margin.hi >= 0, both finite
    void add(const exact::Interval& margin);
    /// Exact   encloses the true value
    exact::Ball sum();

  private:
    void empty();

    static constexpr std::size_t together = 16 * words::tile;
    std::array<double, together> margins_ = {};  ///< the greatest that each may be
    std::array<double, together> widths_ = {};   ///< by how much less it may be, at most 1/4
    std::size_t count_ = 0;
    exact::Ball sum_;
};

}  // namespace attest::soft
