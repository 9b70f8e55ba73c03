#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::network {

/// What a model of version 2 may have, and what an algorithm that was made without it would pass over.
enum class Feature : std::uint8_t {
    position_table,
    embedding_norm,
    final_norm,
    repeat,
    head_tie,
    head_mask,
    rotary,
    rms_norm,
    activation,  ///< other than relu
    gate,
    pooled_readout,  ///< mean or sum
    each_readout,
    bias_in_n,            ///< of the readout, rational: network::AtLength settles it
    transcendental_bias,  ///< of the readout
    classes
};

struct FeatureUse {
    Feature feature;
    std::string place;  ///< the key: `layers[0].attention.rotary`
};

/// All features of the model, in the order of the document. Length, markers and embeddings need nothing of an algorithm.
std::vector<FeatureUse> features(const Transformer& transformer);

/// Lets nobody compute with a model that he does not know whole.
///
/// who      names the algorithm: `influence`
/// Throws   Unsupported with the first key that is none of those known
void require_known(const Transformer& transformer, std::initializer_list<Feature> known, const std::string& who);

}  // namespace attest::network
