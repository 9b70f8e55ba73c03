#pragma once

#include "attest/network/at_length.hpp"
#include "network/features.hpp"

namespace attest::influence {

/// The model as everything here takes it: at this length, as version 1 says it.
/// Throws  Unsupported, naming the key, for what is not followed here
inline network::AtLength followed(const network::Transformer& transformer, std::int64_t length) {
    network::AtLength at = network::in_version_1(transformer, length);
    using enum network::Feature;
    network::require_known(*at, {position_table, head_tie, rms_norm, activation}, "influence");
    return at;
}

}  // namespace attest::influence
