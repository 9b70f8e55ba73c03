#pragma once

#include <optional>

#include "forward_pass.hpp"

namespace attest::influence {

/// What the readout position makes of the last attention, summed block by block: from there on only that position
/// counts, and keys and values are never formed.
class LastAttention {
  public:
    /// `own`: the block of the readout position before layer l, normed if the layer norms first
    /// `last_map`: with it `add_units` may be used
    LastAttention(const ForwardPass& net, std::size_t l, const double* own, const FloatMap* last_map = nullptr);

    /// Takes in block b, whose vectors are x (normed if the layer norms first).
    void add(std::size_t b, const double* x);
    /// Takes in block b, whose vectors are y + last_map(u), without forming them: scores and sums are linear in both. y
    /// may be null for 0. To be used for all blocks or for none.
    void add_units(std::size_t b, const double* y, const double* u);
    /// The logit; `own`: the readout position's block before the layer.
    double finish(const double* own) const;

  private:
    struct Part {
        std::vector<double> direction, gathered;
        std::vector<std::uint32_t> used;
        std::vector<double> unit_direction, gathered_units;  // of what the last map takes
        double top = hidden, total = 0;
    };
    /// Hides what the mask hides, and turns scores into weights; the factor by which older sums shrink. Nothing: all is
    /// hidden.
    std::optional<double> weigh(std::size_t h, std::size_t b, double* scores, double* e);
    /// Σ weight · vector, by coordinate.
    std::vector<double> sums(const Part& part, const FloatHead& head) const;
    void add_heads(const FloatLayer& layer, Block& y, std::size_t k) const;

    const ForwardPass& net_;
    std::size_t l_;
    const FloatMap* last_map_;
    std::vector<std::uint32_t> units_;  ///< all inputs of the last map
    std::vector<Part> parts_;
};

/// The logit from layer l on, the last that attends, of vectors before it.
double read(const ForwardPass& net, std::size_t l, const ForwardPass::Sequence& y);

double logit(const ForwardPass& net, const language::Word& word);

}  // namespace attest::influence
