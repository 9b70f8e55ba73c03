#pragma once

#include <cstdint>
#include <optional>

#include "attest/decide/threshold/synthesiser.hpp"

namespace attest::threshold {

/// Whether these weights say that no network of the class computes a language that every change of one symbol leads into or
/// out of at this length (FORMAT.md, section 9.12).
///
/// Exact   yes
/// Cost    A^(N+1) sums of N numbers, for A^N ≤ 2^18
bool weighs_faces(const NetworkClass& network, std::int64_t length, const FaceWeights& weights);

/// Weights that say so, for two layers of one head and three or four activations; nothing if none are known.
///
/// Exact   what is given satisfies `weighs_faces`
/// Source  attest
std::optional<FaceWeights> bounded_by_faces(const NetworkClass& network, std::int64_t length);

}  // namespace attest::threshold
