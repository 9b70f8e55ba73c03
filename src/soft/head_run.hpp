#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ball_layers.hpp"

namespace attest::soft {

/// One head on one word: what it needs of a position is computed when it is first asked for.
class HeadRun {
  public:
    using Input = std::function<const exact::BallVector&(std::size_t)>;

    /// rotary  null: none
    /// input   what the head reads at a position, from 0
    HeadRun(const BallHead& head, const BallRotary* rotary, std::size_t positions, long bits, Input input);

    /// The mean of the values that position i sees; nothing if it sees none.
    /// weights  where to put those of the mean; null: nowhere
    std::optional<exact::BallVector> mean(std::size_t i, exact::BallVector* weights);
    /// The same for a head whose values, as far as they are needed, are constants: no vector is read.
    std::optional<exact::BallVector> constant(std::size_t i) const;
    /// The first position that position i sees, from 0.
    std::size_t first(std::size_t i) const { return span(i).first; }

  private:
    struct Range {
        std::size_t first, last;  // from 0, `last` is behind it
    };

    Range span(std::size_t i) const;
    const exact::BallVector& value(std::size_t j);
    const exact::BallVector& key(std::size_t j);
    exact::Ball bias(std::size_t i, std::size_t j) const;
    exact::BallVector uniform(std::size_t count);
    exact::BallVector weighted(std::size_t i, Range seen, exact::BallVector* weights);
    exact::BallVector scores_of(std::size_t i, Range seen);

    const BallHead& head_;
    const BallRotary* rotary_;
    const long bits_;
    std::vector<exact::BallVector> keys_, values_, sums_;
    Input input_;
};

}  // namespace attest::soft
