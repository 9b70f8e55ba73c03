#pragma once

#include "last_attention.hpp"

namespace attest::influence {

/// The first attention layer of one word, kept so that one symbol can be exchanged: that alters one key and one value, and so one
/// summand of each numerator and denominator.
class Exchange {
  public:
    /// Needs   a layer that attends; `net` and `word` outlive this
    Exchange(const ForwardPass& net, const language::Word& word);

    /// The logit of the word itself.
    double unchanged() const { return unchanged_; }
    /// The logit with `to` at position p of the word, from 0.
    double logit(std::size_t p, language::Symbol to);

  private:
    double updated(std::size_t p, language::Symbol to);
    /// The position and what it holds instead; new vectors, keys and values of it.
    void exchange(std::size_t place, language::Symbol to);
    std::vector<double> first_lane(const FloatMap& map) const;
    /// The means of the changed position, whose query is new too.
    void own_means(const FloatLayer& layer);
    std::vector<double> mean_as_before(const FloatLayer& layer, std::size_t h) const;
    std::vector<double> mean_of_query(const FloatLayer& layer, std::size_t h) const;
    /// What a head gives, at once for the coordinates that it writes: its output map is applied to sums and to single values, so that
    /// exchanging a summand takes no product with a matrix.
    struct Outputs {
        std::vector<std::uint32_t> rows;  ///< coordinates
        std::vector<double> sums;         ///< [block][row][lane]
        std::vector<double> bias;         ///< [row]
        std::vector<double> before, after,
            own;  ///< [row] of the exchanged value, and of the changed position's own mean
    };
    Outputs outputs_of(const FloatMap& output, const ForwardPass::HeadState& state) const;
    void give_outputs(const FloatLayer& layer);
    std::vector<double> lane_of(const double* y, std::size_t k) const;
    /// Block b after the first attention, before its feed-forward part.
    void after_attention(std::size_t b, double* y);
    /// Block b after the first attention layer and the layers up to the next one.
    void after_first(std::size_t b, double* y);
    /// Whether only a feed-forward part, whose last map need not be applied, is between two attentions; and then the logit.
    bool reads_units() const;
    double read_units();
    /// Where the changed position had nearly all the weight, taking it out of the sums leaves rounding errors.
    void note_cancellation(const double* total, const double* before, const double* after, std::size_t own);
    /// Only one layer attends: one block of its input differs.
    double read_first();

    const ForwardPass& net_;
    const language::Word& word_;
    ForwardPass::Sequence y_, x_;  ///< input of the first attention layer, and normed
    std::size_t first_, last_;
    std::vector<ForwardPass::HeadState> states_;  ///< by head
    std::vector<Outputs> outputs_;                ///< by head
    double unchanged_ = 0;
    std::size_t place_ = 0;
    bool cancelled_ = false, reads_units_ = false;
    Block new_y_, new_x_;  ///< the changed position in lane 0
    std::vector<std::vector<double>> new_keys_, new_values_, own_means_;
};

}  // namespace attest::influence
