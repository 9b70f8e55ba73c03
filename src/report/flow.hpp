#pragma once

#include <cstdint>
#include <vector>

#include "attest/network/evaluate.hpp"

namespace attest::report {

/// Where heads looked: [layer][head][asking position from 0]: positions from 1.
using Looks = std::vector<std::vector<std::vector<std::vector<std::int64_t>>>>;

Looks looks_of(const network::Trace& trace);
/// By layer, whether a position keeps what it had.
std::vector<bool> holds_of(const network::Transformer& transformer);

/// By boundary 0 … L and position from 0: whether the value there flows to the position that is read (from 0), along what
/// is kept and what is looked at.
std::vector<std::vector<bool>> flow_by_layer(const Looks& looks, const std::vector<bool>& holds, std::size_t positions,
                                             std::size_t read);

}  // namespace attest::report
