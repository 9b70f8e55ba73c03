#pragma once

#include "exchanged_head.hpp"

namespace attest::influence {

/// The first layer that attends, on one word in which one symbol can be exchanged.
class FirstAttention {
  public:
    /// The word as it is.
    ///
    /// with_heads  whether `after` will be asked for; else only `vectors` and `inputs` are
    /// Needs       a layer that attends; `net` to outlive this
    FirstAttention(const ForwardPass& net, const language::Word& word, bool with_heads);

    /// From now on the symbol at this position of the sequence is another.
    void exchange(std::size_t place, language::Symbol to);

    /// Block b before the layer.
    Block vectors(std::size_t b) const;
    /// The same as its attention reads it, normed if the layer norms first.
    /// room  where to put it, should it have to be made
    const double* inputs(std::size_t b, Block& room) const;
    /// Block b after its attention part.
    void after(std::size_t b, double* y);
    /// Whether all that `after` gave since the exchange has digits enough.
    bool keeps_digits() const { return keeps_digits_; }

    std::size_t layer() const { return layer_; }

  private:
    void put(const Block& vector, std::size_t b, double* y) const;
    void replace_own(double* y, const std::vector<double>& residual) const;

    const ForwardPass& net_;
    const std::size_t layer_;
    ForwardPass::Sequence y_, x_;  // before the layer, and normed
    std::vector<ExchangedHead> heads_;
    std::size_t place_ = 0;
    Block new_y_, new_x_;  // the exchanged position in lane 0
    bool keeps_digits_ = true;
};

}  // namespace attest::influence
