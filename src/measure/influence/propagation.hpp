#pragma once

#include "head_change.hpp"

namespace attest::influence {

/// The vectors of both runs, at all positions, on their way through the layers.
class Propagation {
  public:
    /// At the embedding. Needs   `runs` to outlive this
    explicit Propagation(const TwoRuns& runs);

    /// Through one layer, both parts.
    void step(const IntervalLayer& layer);

    const Vectors& vectors() const { return at_; }
    /// What a part with this norm reads: the vectors themselves, or normed ones.
    Vectors inputs(const std::optional<IntervalNorm>& norm) const;
    /// Interval operations of heads so far, about.
    std::uint64_t work() const { return work_; }

  private:
    void attend(const IntervalLayer& layer);
    void add_head(const IntervalLayer& layer, const IntervalHead& head, const Vectors& in);
    void feed_forward(const IntervalLayer& layer);
    void norm_all(const IntervalNorm& norm, Vectors& all) const;

    const TwoRuns& runs_;
    const std::size_t d_;
    Vectors at_;
    std::uint64_t work_ = 0;
};

/// Whether the mask leaves a position of class k no key position: then heads give it nothing.
bool sees_none(const TwoRuns& runs, const IntervalLayer& layer, std::size_t k);

/// to += output(value), and for changes the same without the constant.
void add_output(const IntervalMap& output, const Box& value, Interval* to);
void add_linear_output(const IntervalMap& output, const Box& change, Interval* to);

inline bool is_at(const std::optional<IntervalNorm>& norm, network::Norm::Placement placement) {
    return norm && norm->placement == placement;
}

}  // namespace attest::influence
