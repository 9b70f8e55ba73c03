#pragma once

#include <cstdint>
#include <optional>

#include "attest/network/transformer.hpp"

namespace attest::formats {

/// The number of positions that a document of version 1 says it has, which has no `max_length` to say it with: its first
/// coordinate of `position` begins with `0/[i <= K]`, as `attest import` writes tables of positions, and so has no value
/// beyond K.
std::optional<std::int64_t> told_positions(const network::Transformer& transformer);

/// The greatest N that follows; none where K positions do not hold the begin and end symbols.
std::optional<std::int64_t> told_max_length(const network::Transformer& transformer);

}  // namespace attest::formats
