#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "attest/exact/expression.hpp"

namespace attest::exact {

/// What a sum of `[i = K] * c` comes to at each place: how learned positions are written where there is no table of them. It may begin
/// with 0, or with `0/[i <= K]`, which has no value beyond.
class LearnedValues {
  public:
    /// Gives   nothing where the steps are of another form, or so many that their numbers might be refused as too large
    /// Cost    linear in the steps
    static std::optional<LearnedValues> of(const std::vector<Expression::Step>& steps);

    /// Gives   nothing where the expression has no value
    const Rational* at(std::int64_t i) const;
    bool has_all() const { return last_ == std::numeric_limits<std::int64_t>::max(); }

  private:
    std::vector<std::pair<std::int64_t, Rational>> values_;  ///< by places; 0 at others
    std::int64_t last_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace attest::exact
