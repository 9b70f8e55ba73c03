#pragma once

#include "attest/base/random.hpp"
#include "attest/network/transformer.hpp"

namespace attest::tests {

struct RandomModelOptions {
    std::size_t symbols = 2;
    std::size_t layers = 2;
    std::size_t heads = 2;
    std::size_t dimension = 3;
    network::AttentionKind kind = network::AttentionKind::hard;
};

/// A small transformer with small rational weights, any mask, tie, markers, residuals, feed-forward or not.
network::Transformer random_model(base::Random& random, const RandomModelOptions& options);

}  // namespace attest::tests
