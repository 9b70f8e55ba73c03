#pragma once

#include <map>

#include "two_runs.hpp"
#include "weighted_mean.hpp"

namespace attest::influence {

/// What one head gives to one query: its mean over all words, and how that moves, by the class of the replaced position.
struct Asked {
    Box mean;                   ///< [dv]
    Box change;                 ///< [dv], wherever the replaced position is
    std::vector<Box> by_class;  ///< [class][dv]; empty where no symbol can be replaced
    std::vector<Box>
        terms;  ///< [class][dv]: what all positions of a class other than the replaced one add to the change
};

/// Keys and values of one head at all positions, and how they change.
struct Looked {
    Box key, key_change, key_flip, value, value_change, value_flip;
    std::size_t dk = 0, dv = 0;
};

/// The answers of one head, one for each distinct query.
class HeadAnswers {
  public:
    /// Needs   all arguments to outlive this
    HeadAnswers(const TwoRuns& runs, const IntervalLayer& layer, const IntervalHead& head, const Vectors& in);

    /// What it gives to a position of this class with the vector y, which changes by d.
    ///
    /// only  the class of the replaced position if it is known, else the number of classes
    const Asked& ask(std::size_t asking_class, const Interval* y, const Interval* d, std::size_t only);

    /// Interval operations so far, about.
    std::uint64_t work() const { return work_; }

  private:
    Places places(std::int64_t asking) const;

    const TwoRuns& runs_;
    const IntervalLayer& layer_;
    const IntervalHead& head_;
    Looked looked_;
    std::map<std::vector<double>, Asked> known_;
    std::uint64_t work_ = 0;
};

}  // namespace attest::influence
