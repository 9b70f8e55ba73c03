#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/exact/activation.hpp"
#include "attest/exact/affine.hpp"
#include "attest/network/transformer.hpp"

// The parts of a model with their numbers in balls of one precision, for sequences of one length.

namespace attest::soft {

using BallMap = exact::Affine<exact::Ball>;

BallMap ball_map(const exact::AffineMap& map, long bits);
exact::BallVector balls(const exact::Vector& numbers, long bits);

struct BallHead {
    std::optional<BallMap> query = {}, key = {};
    BallMap value, output;
    exact::Ball scale = 1;
    network::Mask mask = network::Mask::none;
    bool sparse = false;                      ///< sparsemax, else softmax
    const exact::Expression* bias = nullptr;  ///< none: the same everywhere, which does not count
    std::vector<exact::Ball> table = {};      ///< [i n + j], or empty
};

/// By which angles queries and keys are turned.
struct BallRotary {
    struct Turn {
        std::size_t first, second;  ///< the two coordinates
        exact::Ball cosine, sine;
    };
    std::vector<std::vector<Turn>> turns;  ///< [position from 0][pair]

    void apply(std::size_t position, exact::BallVector& x) const;
};

struct BallNorm {
    network::Norm::Placement placement;
    network::Norm::Kind kind;
    bool zero_eps = false;
    exact::Ball eps;
    exact::BallVector gain, bias;

    /// v normed, each of its blocks on its own (network/blocks.hpp).
    /// spread  receives the variance (rms: the mean of the squares), without eps, of the first block
    exact::BallVector apply(const exact::BallVector& v, exact::Ball& spread) const;

  private:
    exact::BallVector apply_to_block(const exact::BallVector& v, exact::Ball& spread) const;
};

struct BallLayer {
    std::vector<BallHead> heads;
    std::optional<BallRotary> rotary;
    std::vector<BallMap> maps;
    std::optional<BallMap> gate;
    std::optional<BallNorm> attention_norm, feedforward_norm;
};

BallRotary ball_rotary(const network::Rotary& rotary, std::int64_t n, long bits);

std::optional<BallNorm> ball_norm(const std::optional<network::Norm>& norm, long bits);

/// n  length of the sequence
BallLayer ball_layer(const network::Layer& layer, std::int64_t n, long bits);

/// The maps of a feed-forward part, without residual and norm, as far as the marked outputs need them.
exact::BallVector feed_forward(const network::FeedForward& part, const BallLayer& layer, const exact::BallVector& x,
                               const std::vector<bool>& outputs);

}  // namespace attest::soft
