#pragma once

#include <map>

#include "mean_change.hpp"

namespace attest::influence {

/// What one head gives to queries, and how that changes; once for each distinct query.
class HeadChange {
  public:
    /// Needs   all arguments to outlive this
    HeadChange(const TwoRuns& runs, const IntervalLayer& layer, const IntervalHead& head, const Vectors& in);

    /// At a query position of this class with the vector y, which changes by d.
    ///
    /// replaced  the class of the replaced position if it is known, else the number of classes
    const HeadOutput& at(std::size_t query_class, const Interval* y, const Interval* d, std::size_t replaced);

    /// Interval operations so far, about.
    std::uint64_t work() const { return work_; }

  private:
    Places key_positions(std::int64_t query_position) const;
    std::vector<double> identity(std::size_t query_class, const Query& query, std::size_t replaced) const;

    const TwoRuns& runs_;
    const IntervalLayer& layer_;
    const IntervalHead& head_;
    const KeyValues key_values_;
    std::map<std::vector<double>, HeadOutput> known_;
    std::uint64_t work_ = 0;
};

}  // namespace attest::influence
