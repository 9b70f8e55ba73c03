#pragma once

#include "attest/network/transformer.hpp"
#include "base/random.hpp"

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

/// The same with some of what version 2 has besides; what is exact stays exact, and a model that answers questions of
/// languages still does.
///
/// longest  the sequence that the position table, where there is one, is for
/// pools    whether the readout may be of all positions
network::Transformer with_version_2(base::Random& random, network::Transformer transformer, std::int64_t longest = 12,
                                    bool pools = true);

}  // namespace attest::tests
