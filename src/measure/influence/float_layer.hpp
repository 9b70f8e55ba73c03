#pragma once

#include <optional>
#include <vector>

#include "attest/network/transformer.hpp"
#include "lanes.hpp"

// The weights of a softmax model in doubles.

namespace attest::influence {

struct FloatNorm {
    network::Norm::Placement placement;
    network::Norm::Kind kind;
    double eps = 0;
    std::vector<double> gain, bias;
};

struct FloatHead {
    std::optional<FloatMap> query, key;
    FloatMap value, output;
    double scale = 1;
    std::vector<double> bias;            // [i][j], or empty
    std::vector<std::uint32_t> columns;  // that values depend on
};

struct FloatLayer {
    network::Mask mask = network::Mask::none;
    std::vector<FloatHead> heads;
    bool attends = false, attention_residual = true;
    std::optional<FloatNorm> attention_norm;
    std::vector<FloatMap> maps;
    exact::Activation activation;
    bool feeds = false, feedforward_residual = true;
    std::optional<FloatNorm> feedforward_norm;
};

inline bool is(const std::optional<FloatNorm>& norm, network::Norm::Placement placement) {
    return norm && norm->placement == placement;
}

std::vector<double> doubles(const exact::Vector& vector);

/// One layer for sequences of n positions; tables of biases are filled in.
/// Throws  UsageError for hard or average attention
FloatLayer to_doubles(const network::Layer& layer, std::size_t dimension, std::int64_t n);

/// Operations at one position, about.
double operations_at_position(const FloatLayer& layer);

}  // namespace attest::influence
