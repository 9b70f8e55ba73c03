#pragma once

#include <vector>

#include "checker/doubles/bound.hpp"
#include "checker/doubles/lanes.hpp"
#include "checker/doubles/number.hpp"

namespace attest::checker {

/// Pairs of coordinates, each turned by an angle of its own; no coordinate is in two of them.
class TurnOfRows {
  public:
    /// first, second: the coordinates; cosine, sine: of the angle
    void add(std::size_t first, std::size_t second, const Number& cosine, const Number& sine);

    /// The coordinates of a tile are turned.
    void apply(Rows x) const;
    /// The bound of what is turned, where x is that of the vector before.
    Bound operator()(const Bound& x) const;

  private:
    struct Pair {
        std::size_t first, second;
        double cosine, sine;
    };
    std::vector<Pair> pairs_;
    double radius_ = 0;  ///< the greatest of the cosines and sines
};

}  // namespace attest::checker
