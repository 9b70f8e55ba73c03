#pragma once

#include <vector>

#include "weights.hpp"

// What recurs in the constructions: the alphabet {0, 1}, the markers, and three heads.

namespace attest::programs::constructions {

inline constexpr const char* begin_marker = "^";
inline constexpr const char* end_marker = "$";

/// A transformer over {0, 1} with an end marker, so that the empty word too is read somewhere.
inline network::Transformer binary(std::size_t width) { return blank({"0", "1"}, width, "", end_marker); }

inline network::Attention hard(std::size_t width, network::Mask mask, const std::vector<Look>& heads) {
    return attend(width, network::AttentionKind::hard, mask, heads);
}

inline network::Attention softmax(std::size_t width, network::Mask mask, const std::vector<Look>& heads) {
    return attend(width, network::AttentionKind::softmax, mask, heads);
}

/// Copies `from` of the position before into `into`; the first position gets 0. Needs the mask `strict`.
inline Look previous_position(Coordinate from, Coordinate into) {
    return {.value = {x(from)}, .into = {into}, .bias = "j"};
}

/// 1 into `into` iff some visible position has the flag, which must be 0 or 1 everywhere.
inline Look find(Coordinate flag, Coordinate into) {
    return {.query = {1}, .key = {x(flag)}, .value = {x(flag)}, .into = {into}};
}

}  // namespace attest::programs::constructions
