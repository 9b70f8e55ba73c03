#pragma once

#include "attest/base/random.hpp"
#include "attest/model/transformer.hpp"

namespace attest::tests {

struct RandomModelOptions {
    std::size_t symbols = 2;
    std::size_t layers = 2;
    std::size_t heads = 2;
    std::size_t dimension = 3;
    model::AttentionKind kind = model::AttentionKind::hard;
};

/// A small transformer with small rational weights, any mask, tie, markers, residuals, feed-forward or not.
model::Transformer random_model(base::Random& random, const RandomModelOptions& options);

}  // namespace attest::tests
