#pragma once

#include <optional>

#include "key_values.hpp"
#include "weighted_mean.hpp"

namespace attest::influence {

/// A query, and how it moves.
struct Query {
    std::int64_t position = 0;  ///< one of those that have it
    Box before, change;         ///< [dk]
};

/// The attention pattern of one query, and how it moves when a symbol is replaced: scores, and what becomes of the
/// weights.
class PatternChange {
  public:
    /// Needs   all arguments but the query to outlive this
    PatternChange(const TwoRuns& runs, const IntervalHead& head, const KeyValues& at, const Places& keys,
                  const Query& query);

    bool sees(std::size_t k) const { return keys_.by_class[k].count > 0; }
    const Places& keys() const { return keys_; }

    // By entry; where the symbol is replaced, by class.
    const Weights& weights() const { return weights_; }                 ///< before
    const Interval& growth(std::size_t e) const { return growth_[e]; }  ///< e^Δs − 1
    const Interval& factor(std::size_t e) const { return factor_[e]; }  ///< e^Δs
    const Interval& flip_growth(std::size_t k) const { return flip_growth_[k]; }
    /// The mean of e^Δs: Z'/Z, as if the replaced symbol stayed.
    const Interval& total_ratio() const { return total_ratio_; }

    /// The weights after the replacement, as if the replaced symbol stayed; nothing where scores hardly move.
    const std::optional<Weights>& weights_after() const { return weights_after_; }
    /// On the same scale, the weight after it of the replaced position in class k.
    const Interval& flip_weight_after(std::size_t k) const { return flip_weight_after_[k]; }

  private:
    void find_scores(const IntervalHead& head, const Query& query);
    Interval bias(const IntervalHead& head, std::int64_t i, std::int64_t j) const;
    void find_growth();
    void find_weights();

    const TwoRuns& runs_;
    const KeyValues& at_;
    const Places& keys_;
    Box score_, move_, flip_move_;                       // scores, and Δs
    Interval moves_{exact::infinity, -exact::infinity};  // around all Δs where symbols stay
    Box growth_, factor_, flip_growth_;
    Weights weights_;
    Interval total_ratio_;
    std::optional<Weights> weights_after_;
    Box flip_weight_after_;
};

}  // namespace attest::influence
