#pragma once

#include <map>
#include <mutex>

#include "attest/measure/influence/network.hpp"

// What happens at one position on its own: feed-forward part and norm, for a box y and for the change d that y goes
// through.

namespace attest::influence {

/// The maps of a layer's feed-forward part, without residual and norm.
///
/// Between two maps, units whose sign is known are no rectifiers but part of one affine map. Their product is formed
/// exactly, so that what cancels in the weights (ReLU(x−1) − 2 ReLU(x) + ReLU(x+1) far from 0) cancels here.
class FeedForwardStep {
  public:
    /// `part` must outlive this.
    explicit FeedForwardStep(const network::FeedForward& part);

    bool residual() const { return part_.residual; }
    const std::vector<IntervalMap>& maps() const { return maps_; }
    const exact::Activation& activation() const { return part_.activation; }
    Box apply(const Interval* y);
    /// The change of apply(y) when y changes by d.
    Box apply_change(const Interval* y, const Interval* d);

  private:
    /// Whether there is a layer of units between, and they are rectifiers.
    bool merges() const { return maps_.size() == 2 && part_.activation.kind == exact::Activation::Kind::relu; }
    enum class Unit : char { off, on, open };
    const IntervalMap& merged(const std::vector<Unit>& units);
    Box chain(const Interval* y) const;
    Box chain_change(const Interval* y, const Interval* d) const;

    const network::FeedForward& part_;
    std::vector<IntervalMap> maps_;
    std::mutex mutex_;  // of merged_: threads share it
    std::map<std::vector<Unit>, IntervalMap> merged_;
};

/// What a layer norm makes of a box y, and of changes of y.
class Normed {
  public:
    /// Needs   the total of the coordinates as the last one, of `dimension_and_total` in all
    /// Throws  InputError if eps = 0 and the variance is certainly 0, with the position
    Normed(const IntervalNorm& norm, const Interval* y, std::size_t dimension_and_total, std::int64_t position);

    Box value() const;
    /// The change of value() when y changes by d.
    Box change(const Interval* d) const;

  private:
    Box change_by_growth(const Box& moved, const Interval& growth) const;

    const IntervalNorm& norm_;
    const std::int64_t position_;
    Box centred_;
    Interval radicand_, deviation_;  ///< variance + eps, and its square root
};

/// max(0, z + dz) − max(0, z)
Interval rectify_change(Interval z, Interval dz);
/// f(z + dz) − f(z)
Interval activate_change(const exact::Activation& activation, Interval z, Interval dz);

}  // namespace attest::influence
