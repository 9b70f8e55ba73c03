#pragma once

#include <vector>

#include "checker/core/interval.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// The turns of queries and keys at each position (MODEL.md, section 9.5).
class Rotation {
  public:
    /// Cost    n dims sines
    Rotation(const Rotary& rotary, std::size_t n, mpfr_prec_t bits, Budget& budget);

    /// Turns a query or key of the position (from 1). Needs at least dims entries.
    void turn(Intervals& vector, std::size_t p, Budget& budget) const;

    /// One pair of its coordinates, and the angle's cosine and sine.
    struct Pair {
        std::size_t first, second;
        const Interval &cosine, &sine;
    };
    std::size_t pairs() const { return pairs_; }
    /// p: from 1
    Pair pair(std::size_t t, std::size_t p) const;

  private:
    std::size_t pairs_;
    bool halves_;
    Intervals cosines_, sines_;  ///< [(p - 1) * pairs + t]
};

}  // namespace attest::checker
