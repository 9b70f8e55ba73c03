#pragma once

#include <vector>

#include "checker/doubles/lanes.hpp"
#include "checker/doubles/number.hpp"

namespace attest::checker {

/// A norm in doubles (MODEL.md, sections 7 and 9.3).
class NormOfRows {
  public:
    /// Shape   gain, bias: one number a coordinate
    /// blocks  so many vectors, each with these gains, stand one behind the other and are normed each by itself
    NormOfRows(bool rms, const Number& eps, Numbers gain, Numbers bias, std::size_t blocks = 1);

    /// y becomes what the norm gives of x, of a tile; gives the least deviation of a column. y may be x.
    double apply(ConstRows x, Rows y) const;
    /// The bound of it. `least`: the least deviation that was computed.
    Bound bound(const Bound& x, double least) const;

  private:
    bool rms_;
    Number eps_;
    Numbers gain_, bias_;
    std::size_t blocks_;
    double greatest_gain_ = 0;
};

}  // namespace attest::checker
