#pragma once

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/core/kept_rational.hpp"
#include "checker/network/expression.hpp"

namespace attest::checker {

/// `0/[i <= L] + [i=1]*(c) + [i=2]*(-c/d) + …`, as learned positions are written, so that its value at a place is looked up and
/// no tree is made. Terms come in any order, 0 may be among them; each place occurs once; numbers have at most 1,200 digits.
class PlacedSum {
  public:
    /// Gives   null for any other text, be it an expression or not
    static std::shared_ptr<const PlacedSum> read(std::string_view text, Budget& budget);

    /// Gives   the value; null where there is none, i > L
    const KeptRational* at(long i) const;

    /// The tree of the text, which is made when it is first asked for.
    const Expression::Node& tree(Budget& budget) const;

  private:
    explicit PlacedSum(std::string_view text) : text_(text) {}

    std::string text_;
    std::vector<std::pair<long, KeptRational>> terms_;  // by places
    KeptRational zero_;
    long last_ = std::numeric_limits<long>::max();
    mutable std::shared_ptr<const Expression::Node> tree_;

    friend class PlacedText;
};

}  // namespace attest::checker
