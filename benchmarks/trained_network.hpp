#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"

namespace attest::benchmarks {

/// What a trained encoder is to a verifier, without the training: two layers of torch.nn.TransformerEncoderLayer (norms after,
/// ReLU, 4 d hidden units) with a begin symbol that is read and learned positions, weights of the sizes that PyTorch begins
/// with, in 24 bits. Its readout's bias is such that it accepts every word. The file is as `attest import` writes it: matrices
/// in a companion of tensors.
///
/// heads   divides the dimension, a square number
formats::ModelFile trained_network(std::size_t dimension, std::size_t heads, std::int64_t length, std::uint64_t seed);

/// The same of a decoder as Llama is one: causal, rotary positions, norms of root mean squares before the parts and at the end,
/// gates with silu, 3 d hidden units, read at the last position.
formats::ModelFile trained_decoder(std::size_t dimension, std::size_t heads, std::uint64_t seed);

/// Either for `trained_rival.py`: weights by name, and the vector of each symbol at each position.
nlohmann::ordered_json describe_trained(const network::Transformer& transformer, std::int64_t length);

}  // namespace attest::benchmarks
