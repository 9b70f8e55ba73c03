#pragma once

#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "checker/network/expression.hpp"

namespace attest::checker {

/// `0/[i <= L] + [i=1]*(c) + [i=2]*(-c/d) + …`, as learned positions are written, so that its value at a place is looked up. The
/// first term may be 0 or left out; each place occurs once; numbers have at most 4096 bits.
class PlacedSum {
  public:
    /// Gives   null for any other expression
    static std::shared_ptr<const PlacedSum> of(const Expression::Node& root, Budget& budget);

    /// Gives   the value; null where there is none, i > L
    const Rational* at(long i) const;

  private:
    bool take(const Expression::Node& term);

    std::vector<std::pair<long, Rational>> terms_;  // by places
    long last_ = std::numeric_limits<long>::max();
    Rational zero_;
};

}  // namespace attest::checker
