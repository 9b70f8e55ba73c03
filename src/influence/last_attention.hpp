#pragma once

#include "forward_pass.hpp"

namespace attest::influence {

/// What the readout position makes of the last attention, summed block by block: from there on only that position counts, and
/// keys and values are never formed.
class LastAttention {
  public:
    /// `own`: the block of the readout position before layer l, normed if the layer norms first
    LastAttention(const ForwardPass& net, std::size_t l, const double* own);

    /// Takes in block b, whose vectors are x (normed if the layer norms first).
    void add(std::size_t b, const double* x);
    /// The logit; `own`: the readout position's block before the layer.
    double finish(const double* own) const;

  private:
    struct Part {
        std::vector<double> direction, gathered;
        std::vector<std::uint32_t> used;
        double top = hidden, total = 0;
    };
    void add_heads(const FloatLayer& layer, Block& y, std::size_t k) const;

    const ForwardPass& net_;
    std::size_t l_;
    std::vector<Part> parts_;
};

/// The logit from layer l on, the last that attends, of vectors before it.
double read(const ForwardPass& net, std::size_t l, const ForwardPass::Sequence& y);

double logit(const ForwardPass& net, const language::Word& word);

}  // namespace attest::influence
