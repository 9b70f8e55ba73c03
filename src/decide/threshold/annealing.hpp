#pragma once

#include <cstdint>
#include <optional>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/specification.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// Whether `anneal` has anything to say about a class: two layers, one head, any attention, no mask, read at the end
/// symbol, two symbols, lengths 2 to 10.
bool may_anneal(const Specification& specification);

/// Looks for a network by simulated annealing over the preferences and activations of the first layer; those of the
/// second follow from them greedily.
///
/// Needs   may_anneal(specification)
/// Gives   tables that the exact evaluator has run on all words, or nothing
/// Exact   heuristic: nothing means nothing
/// Cost    `steps` steps of O(N · words / 64 · cells) each
std::optional<network::Guhat> anneal(const Specification& specification, std::uint64_t seed, std::uint64_t steps,
                                     const base::Limits& limits);

}  // namespace attest::threshold
