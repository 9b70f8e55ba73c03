#pragma once

#include "forward_pass.hpp"

namespace attest::influence {

/// One head of the first attention layer on one word, kept so that the vector at one position can be exchanged: that
/// alters one key and one value, and so one summand of each numerator and denominator.
class ExchangedHead {
  public:
    /// The head on the word as it is.
    /// x      what the layer's attention reads
    /// Needs  all arguments to outlive this
    ExchangedHead(const ForwardPass& net, const FloatLayer& layer, const FloatHead& head,
                  const ForwardPass::Sequence& x);

    /// From now on position `place` has this vector.
    /// x  a block, of which lane 0 counts
    void exchange(std::size_t place, const Block& x);

    /// y += output(mean) for the query positions of block b, but the exchanged one, whose lane is spoilt.
    /// Gives   whether digits enough are left (exchanged_head.cpp)
    bool add_to(std::size_t b, double* y) const;
    /// The same for the exchanged position itself, at its lane: y[c · lanes]
    void add_own(double* y) const;

  private:
    using Values = std::vector<double>;

    Values output_rows(const double* value, bool with_bias) const;
    void sum_outputs();
    Values mean_as_before() const;
    Values mean_of_query(const Values& query) const;
    bool keeps_digits(std::size_t b, const double* before, const double* after) const;

    const ForwardPass& net_;
    const FloatLayer& layer_;
    const FloatHead& head_;
    const ForwardPass::HeadState state_;
    // The output map is applied to sums and to single values, so that exchanging a summand takes no product with a
    // matrix.
    std::vector<std::uint32_t> rows_;  // coordinates that the head writes
    Values sums_, bias_;               // [block][row][lane]; [row]
    std::size_t place_ = 0;
    Values new_key_, new_value_;  // [dk]; [dv]
    Values before_, after_,
        own_;  // [row]: outputs of the old value, of the new one, and of the mean at the exchanged position
};

/// Lane 0 of a map applied to a block.
std::vector<double> first_lane(const FloatMap& map, const Block& x);

}  // namespace attest::influence
