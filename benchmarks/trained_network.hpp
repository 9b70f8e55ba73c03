#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"

namespace attest::benchmarks {

/// A network that somebody trained, as a verifier meets it: a checkpoint, and what `attest import` makes of it.
struct TrainedNetwork {
    formats::ModelFile model;
    nlohmann::ordered_json checkpoint;  ///< for `trained_rival.py`: heads, and the numbers of each tensor
};

/// What a trained encoder is to a verifier, without the training: two layers of torch.nn.TransformerEncoderLayer (norms after,
/// ReLU, 4 d hidden units) with a begin symbol that is read and learned positions, weights of the sizes that PyTorch begins
/// with, in 32 bits. Its readout's bias is such that it accepts every word.
///
/// heads   divides the dimension, a square number
TrainedNetwork trained_encoder(std::size_t dimension, std::size_t heads, std::int64_t length, std::uint64_t seed);

/// The same of a decoder as Llama is one: causal, rotary positions, norms of root mean squares before the parts and at the end,
/// gates with silu, 3 d hidden units, read at the last position.
TrainedNetwork trained_decoder(std::size_t dimension, std::size_t heads, std::uint64_t seed);

}  // namespace attest::benchmarks
